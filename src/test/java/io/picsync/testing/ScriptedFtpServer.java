package io.picsync.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A small FTP server on loopback whose every reply a test can spoil, for failures that real servers
 * only show on a bad day. It serves a tree in memory, passive mode only, names in UTF-8, times in
 * UTC; LIST hides dot files unless asked with {@code -a}; RNTO replaces an existing file.
 *
 * <p>Thread-safe. Paths may start with a slash or not.
 */
public final class ScriptedFtpServer implements AutoCloseable {
  /** The verb under which a fault meets the greeting; it is not recorded as a command. */
  public static final String CONNECT = "CONNECT";

  public static final String USER = "picsync";
  public static final String PASSWORD = "secret";

  private final MemoryTree tree = new MemoryTree();
  private final FtpJournal journal = new FtpJournal();
  private final List<ArmedFault> faults = new CopyOnWriteArrayList<>();
  private final Clock clock = Clock.systemUTC();
  private final FtpAccount account;
  private final FtpReception reception;

  private ScriptedFtpServer(FtpAccount account) throws IOException {
    this.account = account;
    this.reception = new FtpReception(journal, this::conversation);
  }

  /** Starts a server that knows all commands but STAT. */
  public static ScriptedFtpServer start() throws IOException {
    return startWithout();
  }

  /** Starts a server that knows neither STAT nor these commands: 500, and not in FEAT. */
  public static ScriptedFtpServer startWithout(String... verbs) throws IOException {
    return start(true, Set.of("STAT"), verbs);
  }

  /** Starts a server that lists a folder by LIST and, in vsftpd's words, by STAT; not by MLSD. */
  public static ScriptedFtpServer startWithStat() throws IOException {
    return start(true, Set.of("MLSD"));
  }

  /** Starts a server on which no command sets a modified time. */
  public static ScriptedFtpServer startWithoutSettingTimes(String... verbs) throws IOException {
    return start(false, Set.of("STAT"), verbs);
  }

  private static ScriptedFtpServer start(boolean setsTimes, Set<String> some, String... verbs)
      throws IOException {
    Set<String> without = new HashSet<>(List.of(verbs));
    without.addAll(some);
    if (!setsTimes) {
      without.add("MFMT");
    }
    ScriptedFtpServer server =
        new ScriptedFtpServer(new FtpAccount(USER, PASSWORD, without, setsTimes));
    server.reception.open();
    return server;
  }

  public int port() {
    return reception.port();
  }

  /** Without credentials. */
  public String uri() {
    return "ftp://127.0.0.1:" + port();
  }

  /** The same with the user, as it is typed behind a command. */
  public String uriOfUser() {
    return "ftp://" + USER + "@127.0.0.1:" + port();
  }

  /** Attaches a fault to the next commands of this verb, whatever their argument. */
  public ArmedFault fault(String verb, int times, Fault fault) {
    return fault(verb, argument -> true, times, fault);
  }

  /**
   * Attaches a fault. Of several that fit a command, the one attached first strikes; after its
   * times it is the next one's turn.
   *
   * @param argument sees the argument as the client sent it, not resolved to an absolute path
   */
  public ArmedFault fault(String verb, Predicate<String> argument, int times, Fault fault) {
    ArmedFault armed = new ArmedFault(verb, argument, times, fault);
    faults.add(armed);
    return armed;
  }

  /** Greets further connections with 421 while this many are open. */
  public void maxConnections(int most) {
    reception.maxConnections(most);
  }

  /** Breaks all connections, as a restart does. */
  public void dropConnections() throws IOException {
    reception.dropConnections();
  }

  /** Puts a file, and the folders above it. */
  public void put(String path, byte[] content, Instant modified) {
    tree.makeFolders(path + "/..", modified);
    if (!tree.write(path, content, modified)) {
      throw new IllegalArgumentException("Cannot put a file at " + path + ": a folder is there");
    }
  }

  /** Makes a folder, and those above it. */
  public void makeFolder(String path) {
    tree.makeFolders(path, clock.instant());
  }

  /** Removes a file, as a camera server's clean-up does while a client works. */
  public void delete(String path) {
    if (!tree.deleteFile(path)) {
      throw new IllegalArgumentException("No file to delete at " + path);
    }
  }

  public byte @Nullable [] file(String path) {
    return tree.content(path);
  }

  public @Nullable Instant modified(String path) {
    MemoryTree.Entry entry = tree.entry(path);
    return entry == null ? null : entry.modified();
  }

  public boolean hasFolder(String path) {
    return tree.isFolder(path);
  }

  /** All files, relative to the root, temporary ones included. */
  public SortedSet<String> paths() {
    return tree.paths();
  }

  /** All commands in order of arrival, those that met a fault included. */
  public List<FtpCall> calls() {
    return journal.calls();
  }

  public Map<String, Integer> counts() {
    return journal.counts();
  }

  public int count(String verb) {
    return counts().getOrDefault(verb, 0);
  }

  /** Forgets the commands, and the highest number of connections. */
  public void clearCalls() {
    journal.clear();
  }

  public int openConnections() {
    return journal.openConnections();
  }

  /** The most connections that were open at once. */
  public int peakConnections() {
    return journal.peakConnections();
  }

  /** All connections since the start, without those refused for {@link #maxConnections}. */
  public int acceptedConnections() {
    return journal.acceptedConnections();
  }

  public int refusedConnections() {
    return journal.refusedConnections();
  }

  /** Stops, breaking all connections and ending every stall. */
  @Override
  public void close() throws IOException {
    reception.close();
  }

  Fault faultFor(ScriptedCommand command) {
    if (!command.verb().equals(CONNECT)) {
      journal.record(new FtpCall(command.connection(), command.verb(), command.argument()));
    }
    for (ArmedFault armed : faults) {
      if (armed.claims(command)) {
        return armed.fault();
      }
    }
    return Fault.none();
  }

  private FtpConversation conversation(int number, Socket control) {
    return new FtpConversation(number, control, this, new FtpCommands(tree, account, clock));
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.Location;
import io.picsync.archive.RefusedException;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.pool.Connection;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in control connection and the words spoken over it. One thread at a time. Paths are
 * always absolute, so no working directory is relied on and a leading dash or blank is part of the
 * name.
 */
final class FtpSession implements Connection {

  /** Servers forget TLS sessions; ProFTPD, the first, after half an hour. */
  private static final Duration TLS_AGE = Duration.ofMinutes(20);

  /**
   * How often a command is said again whose refusal may pass, where giving up would be for good.
   */
  static final int AGAIN = 3;

  /** Commands that take a server hardly longer together than one. */
  private static final int FEW = 2;

  /** Milliseconds. */
  private static final int SIGN_OF_LIFE = 10_000;

  private final String server;
  private final PictureFtpClient client;
  private final FtpFacts facts;
  private final String base;
  private volatile @Nullable DataConnection lastData;
  private volatile @Nullable UploadStream upload;
  private volatile boolean aborted;
  private boolean transferring;
  private LongConsumer answered = nanos -> {};
  private boolean broken;

  /**
   * @param client connected and logged in
   * @param folder the server's root for picsync: absolute, or relative to the login folder
   */
  FtpSession(String server, PictureFtpClient client, FtpFacts facts, String folder)
      throws IOException {
    this.server = server;
    this.client = client;
    this.facts = facts;
    if (!facts.asked()) {
      synchronized (facts) {
        if (!facts.asked()) {
          facts.learn(features());
        }
      }
    }
    if (facts.utf8()) {
      client.sendCommand("OPTS", "UTF8 ON"); // a few servers speak UTF-8 only when asked
    }
    this.base = folder.startsWith("/") ? folder : absolute(folder);
  }

  private List<String> features() throws IOException {
    client.sendCommand("FEAT");
    for (int again = 0; client.lastReply().mayPass() && again < AGAIN; again++) {
      client.sendCommand("FEAT");
    }
    String[] lines = client.getReplyStrings();
    return client.lastReply().isPositive() && lines.length > 2
        ? Arrays.asList(lines).subList(1, lines.length - 1)
        : List.of();
  }

  private String absolute(String folder) throws IOException {
    String home = client.printWorkingDirectory();
    if (home == null || !home.startsWith("/")) {
      throw new IOException("PWD does not tell an absolute path: " + client.lastReply());
    }
    String stripped = home.endsWith("/") ? home.substring(0, home.length() - 1) : home;
    return folder.isEmpty() ? stripped : stripped + "/" + folder;
  }

  String server() {
    return server;
  }

  FtpFacts facts() {
    return facts;
  }

  Charset charset() {
    return Charset.forName(client.getControlEncoding());
  }

  /** The absolute path that the server is sent. */
  String path(Location location) {
    String path = location.serverPath();
    if (path.isEmpty()) {
      return base.isEmpty() ? "/" : base;
    }
    return base.endsWith("/") ? base + path : base + "/" + path;
  }

  /** A step of the conversation; after one that threw, nothing more can be said. */
  @FunctionalInterface
  interface Step<T> {
    T take(PictureFtpClient client) throws IOException;
  }

  <T> T say(Step<T> step) throws IOException {
    if (broken) {
      throw new IOException("the connection broke before");
    }
    broken = true;
    T result = step.take(client);
    broken = false;
    return result;
  }

  /**
   * Refuses a name that the control encoding can't spell: it would be sent with question marks, and
   * two such names would be one.
   */
  void checkSpelling(Location location) throws RefusedException {
    if (!canSpell(location.serverPath())) {
      throw new RefusedException(
          "%s can't be spelled in %s, the encoding of server %s. Set ftpClient.controlEncoding=UTF-8 in its URI if it understands that."
              .formatted(location, charset(), server));
    }
  }

  /** Unicode's encodings spell all but halves of a character, which Java's strings may hold. */
  private boolean canSpell(String path) {
    Charset encoding = charset();
    return encoding.equals(StandardCharsets.UTF_8)
        ? path.codePoints().noneMatch(code -> Character.getType(code) == Character.SURROGATE)
        : encoding.newEncoder().canEncode(path);
  }

  @Override
  public Map<String, String> learned() {
    return facts.learned();
  }

  @Override
  public Duration latency() {
    return facts.roundTrip().smoothed();
  }

  FtpReply command(String verb, @Nullable String argument) throws IOException {
    return say(
        to -> {
          to.expectSilence();
          long asked = System.nanoTime();
          to.sendCommand(verb, argument);
          facts.roundTrip().took(System.nanoTime() - asked);
          return inStep(verb, to.lastReply());
        });
  }

  /** A reply that can't be one to its command belongs to another, and so do all that follow. */
  static FtpReply inStep(String command, FtpReply reply) throws IOException {
    int blank = command.indexOf(' ');
    String verb = blank < 0 ? command : command.substring(0, blank);
    if (!reply.answers(verb)) {
      throw new IOException("the server's replies are out of step: " + verb + " got " + reply);
    }
    return reply;
  }

  @Override
  public void tellLatency(LongConsumer listener) {
    answered = listener;
  }

  /**
   * Tells how busy the server is, and of few commands how far away.
   *
   * @param nanos from a flush of commands to the last reply to them
   */
  void answeredIn(long nanos, int commands) {
    answered.accept(nanos);
    if (commands <= FEW) {
      facts.roundTrip().took(nanos);
    }
  }

  private List<FtpReply> sendTogether(PictureFtpClient to, List<String> commands)
      throws IOException {
    long sent = System.nanoTime();
    List<FtpReply> replies = to.sendTogether(commands);
    answeredIn(System.nanoTime() - sent, commands.size());
    for (int i = 0; i < replies.size(); i++) {
      inStep(commands.get(i), replies.get(i));
    }
    return replies;
  }

  /**
   * Sends commands that don't depend on each other's replies, in one flush where the server keeps
   * up with that.
   */
  List<FtpReply> commands(String... commands) throws IOException {
    if (facts.together()) {
      try {
        return say(to -> sendTogether(to, List.of(commands)));
      } catch (IOException e) {
        if (!aborted) {
          facts.oneByOne(e.toString());
        }
        throw e;
      }
    }
    List<FtpReply> replies = new ArrayList<>(commands.length);
    for (String command : commands) {
      replies.addAll(say(to -> sendTogether(to, List.of(command))));
    }
    return replies;
  }

  /** The same, and asks for the port of the next data connection with them. */
  List<FtpReply> commandsAndPort(String... commands) throws IOException {
    String port = facts.together() && facts.portsStay() ? client.portCommand() : null;
    if (port == null) {
      return commands(commands);
    }
    String[] all = Arrays.copyOf(commands, commands.length + 1);
    all[commands.length] = port;
    List<FtpReply> replies = commands(all);
    client.portIs(replies.get(commands.length));
    return replies;
  }

  /** Empty when the server refused; {@link #reply()} says why. */
  Optional<DataConnection> openData(String verb, @Nullable String argument) throws IOException {
    Optional<DataConnection> data =
        say(to -> Optional.ofNullable(openConnection(to, verb, argument)));
    transferring = data.isPresent();
    lastData = data.orElse(null);
    return data;
  }

  private @Nullable DataConnection openConnection(
      PictureFtpClient to, String verb, @Nullable String argument) throws IOException {
    DataConnection data;
    try {
      data = to.openData(verb, argument);
    } catch (ClosedPortException e) {
      facts.portsClose(e);
      data = to.openData(verb, argument);
    }
    FtpReply reply = to.lastReply();
    if (data == null && reply.code() < 400) {
      throw new IOException("the server's replies are out of step: " + verb + " got " + reply);
    }
    return data;
  }

  FtpReply reply() {
    return client.lastReply();
  }

  /** The reply that ends a transfer; to be read after the data connection was closed. */
  FtpReply finalReply() throws IOException {
    FtpReply reply =
        say(
            to -> {
              to.getReply();
              return to.lastReply();
            });
    transferring = false;
    DataConnection data = lastData;
    if (data != null && !data.resumed() && reply.code() == 522) {
      throw new UnavailableException(
          "Server %s wants each data connection to resume a TLS session, but gave none that can be: %s. Allow others there (vsftpd: require_ssl_reuse=NO, ProFTPD: TLSOptions NoSessionReuseRequired)."
              .formatted(server, reply));
    }
    return reply;
  }

  @Override
  public boolean isReusable() {
    return inStep() && !spent();
  }

  /** Whether the next reply belongs to the next command. */
  boolean inStep() {
    try {
      return !broken && !transferring && client.isSilent();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * After a transfer was given up: reads its final reply, so that commands can follow. Pure-FTPd
   * under TLS sends none now and then, so it is not waited for long.
   */
  void recover() throws IOException {
    if (transferring) {
      int patience = hurry();
      finalReply();
      client.setSoTimeout(patience);
    }
  }

  /**
   * Whether it speaks TLS and a further data connection may be refused, so that only a new session
   * helps.
   */
  private boolean spent() {
    if (client.spent() && inStep() && client.tlsVersion().equals("TLSv1.3")) {
      facts.ticketsEnd();
    }
    return client.spent() || client.tlsAge().compareTo(TLS_AGE) > 0;
  }

  /**
   * From now on a reply is waited for as long as a server that lives takes to give a sign of it.
   *
   * @return how long it was before, for when it has come
   */
  private int hurry() throws IOException {
    int patience = client.getSoTimeout();
    client.setSoTimeout(Math.min(patience == 0 ? SIGN_OF_LIFE : patience, SIGN_OF_LIFE));
    return patience;
  }

  /** A firewall may have dropped the connection without a word, so it is not waited for long. */
  @Override
  public boolean answers() {
    try {
      int patience = hurry();
      boolean positive = command("NOOP", null).isPositive();
      client.setSoTimeout(patience);
      return positive;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes a temporary file of ours, which may never have been: then DELE is refused too, 550
   * mostly, 450 by Apache FtpServer.
   *
   * @return whether it is gone
   */
  boolean remove(String part) throws IOException {
    FtpReply reply = command("DELE", part);
    return reply.isPositive() || command("SIZE", part).code() == 550;
  }

  /** The stream that an upload's bytes go to. */
  UploadStream upload(DataConnection data) throws IOException {
    UploadStream stream = new UploadStream(data, client.getDataTimeout());
    upload = stream;
    return stream;
  }

  @Override
  public void endIfStalled() {
    UploadStream stream = upload;
    if (stream != null) {
      stream.endIfStalled();
    }
  }

  /** Whether it was broken off by this side. */
  boolean aborted() {
    return aborted;
  }

  /**
   * Breaks the sockets only: commons-net's disconnect would take them, and the streams, from under
   * the thread that uses them.
   */
  @Override
  public void abort() {
    aborted = true;
    DataConnection data = lastData;
    if (data != null) {
      data.abort();
    }
    client.breakOff();
  }

  /** Ends without waiting for the server's goodbye. */
  @Override
  public void close() {
    client.breakOff(); // TLS would take its leave, and might wait for the server
    try {
      client.disconnect();
    } catch (IOException e) {
      // the connection is gone, which is what was wanted
    }
  }
}

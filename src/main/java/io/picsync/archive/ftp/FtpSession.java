package io.picsync.archive.ftp;

import io.picsync.archive.ServerPaths;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.pool.Connection;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in control connection with its data connections, one after another: what is under way,
 * and whether it can be used again. One thread at a time.
 */
final class FtpSession implements Connection {

  /** Servers forget TLS sessions; ProFTPD, the first, after half an hour. */
  private static final Duration TLS_AGE = Duration.ofMinutes(20);

  /**
   * How often a command is said again whose refusal may pass, where giving up would be for good.
   */
  static final int AGAIN = 3;

  /** Milliseconds. */
  private static final int SIGN_OF_LIFE = 10_000;

  private final String server;
  private final PictureFtpClient client;
  private final FtpFacts facts;
  private final FtpDialogue dialogue;
  private final ServerPaths paths;
  private volatile @Nullable DataConnection lastData;
  private volatile @Nullable UploadStream upload;
  private boolean transferring;
  private boolean unasked;
  private boolean begun;
  private boolean retired;

  /**
   * @param client connected and logged in
   * @param folder the server's root for picsync: absolute, or relative to the login folder
   */
  FtpSession(String server, PictureFtpClient client, FtpFacts facts, String folder)
      throws IOException {
    this.server = server;
    this.client = client;
    this.facts = facts;
    this.dialogue = new FtpDialogue(client, facts);
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
    this.paths =
        new ServerPaths(
            server,
            Charset.forName(client.getControlEncoding()),
            "ftpClient.controlEncoding",
            folder.startsWith("/") ? folder : absolute(folder));
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

  FtpDialogue dialogue() {
    return dialogue;
  }

  ServerPaths paths() {
    return paths;
  }

  @Override
  public Map<String, String> learned() {
    return facts.learned();
  }

  @Override
  public Duration latency() {
    return facts.roundTrip().smoothed();
  }

  @Override
  public void tellLatency(LongConsumer listener) {
    dialogue.tellLatency(listener);
  }

  /** Empty when the server refused; {@link #reply()} says why. */
  Optional<DataConnection> openData(String verb, @Nullable String argument) throws IOException {
    Optional<DataConnection> data = open(verb, to -> to.openData(verb, argument));
    unasked = false;
    begun = data.isPresent();
    return data;
  }

  /**
   * Sends STOR for a small picture, whose bytes may follow at once: {@link #finalReply} reads the
   * reply that lets them come too, which saves waiting for it. Only where that is safe; otherwise
   * the same as {@link #openData}. After a refusal the server may hold the connection with the
   * bytes still, so this session ends then.
   *
   * @param bytes that follow, -1 if that isn't known
   * @param folderIsFilled whether the server took a picture into this folder before
   */
  Optional<DataConnection> openStore(String path, long bytes, boolean folderIsFilled)
      throws IOException {
    if (!folderIsFilled || !facts.takesUnasked() || !client.holdsUnasked(bytes)) {
      return openData("STOR", path);
    }
    Optional<DataConnection> data = open("STOR", to -> to.openUnasked("STOR " + path));
    unasked = data.isPresent();
    begun = false;
    return data;
  }

  /** Opens a data connection; null when the server refused. */
  @FunctionalInterface
  private interface Opening {
    @Nullable DataConnection with(PictureFtpClient client) throws IOException;
  }

  private Optional<DataConnection> open(String verb, Opening opening) throws IOException {
    Optional<DataConnection> data =
        dialogue.say(to -> Optional.ofNullable(openConnection(to, verb, opening)));
    transferring = data.isPresent();
    lastData = data.orElse(null);
    return data;
  }

  private @Nullable DataConnection openConnection(PictureFtpClient to, String verb, Opening opening)
      throws IOException {
    DataConnection data;
    try {
      data = opening.with(to);
    } catch (ClosedPortException e) {
      facts.portsClose(e);
      data = opening.with(to);
    }
    FtpReply reply = to.lastReply();
    if (data == null && reply.code() < 400) {
      throw FtpDialogue.outOfStep(verb, reply);
    }
    return data;
  }

  FtpReply reply() {
    return client.lastReply();
  }

  /** Whether the last transfer was begun without waiting for the server's word. */
  boolean unasked() {
    return unasked;
  }

  /** The reply that ends a transfer; to be read after the data connection was closed. */
  FtpReply finalReply() throws IOException {
    FtpReply reply = unasked && transferring ? bothReplies() : nextReply();
    transferring = false;
    DataConnection data = lastData;
    if (data != null && !data.resumed() && reply.code() == 522) {
      throw new UnavailableException(
          "Server %s wants each data connection to resume a TLS session, but gave none that can be: %s. Allow others there (vsftpd: require_ssl_reuse=NO, ProFTPD: TLSOptions NoSessionReuseRequired)."
              .formatted(server, reply));
    }
    return reply;
  }

  private FtpReply nextReply() throws IOException {
    return dialogue.say(
        to -> {
          to.getReply();
          return to.lastReply();
        });
  }

  private FtpReply bothReplies() throws IOException {
    try {
      FtpReply reply = nextReply();
      begun = reply.code() < 200;
      if (begun) {
        if (facts.holdsReplies()) {
          client.acknowledge();
        }
        reply = nextReply();
      }
      if (!reply.saysComplete()) {
        facts.takesNothingUnasked(reply.toString());
        retired |= !begun;
      }
      return reply;
    } catch (IOException e) {
      if (!dialogue.aborted()) {
        facts.takesNothingUnasked(e.toString());
      }
      throw e;
    }
  }

  /**
   * Whether the server let the bytes of the last transfer come, as far as its replies were read.
   */
  boolean begun() {
    return begun;
  }

  @Override
  public boolean isReusable() {
    return inStep() && !retired && !spent();
  }

  /** Whether the next reply belongs to the next command. */
  boolean inStep() {
    try {
      return !transferring && dialogue.isInStep();
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
      boolean positive = dialogue.command("NOOP", null).isPositive();
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
    FtpReply reply = dialogue.command("DELE", part);
    return reply.isPositive() || dialogue.command("SIZE", part).code() == 550;
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

  @Override
  public void abort() {
    dialogue.abort();
    DataConnection data = lastData;
    if (data != null) {
      data.abort();
    }
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

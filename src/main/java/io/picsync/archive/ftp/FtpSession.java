package io.picsync.archive.ftp;

import io.picsync.archive.ServerPaths;
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
 * One logged-in control connection with its transfers, one after another, and whether it can be
 * used again. One thread at a time, but {@link #abort} and {@link #endIfStalled}.
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

  private final PictureFtpClient client;
  private final FtpFacts facts;
  private final FtpDialogue dialogue;
  private final ServerPaths paths;
  private volatile @Nullable FtpTransfer transfer;
  private boolean retired;

  /**
   * @param client connected and logged in
   * @param folder the server's root for picsync: absolute, or relative to the login folder
   */
  FtpSession(PictureFtpClient client, FtpFacts facts, String folder) throws IOException {
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
            facts.server(),
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
    return facts.server();
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
  Optional<FtpTransfer> openData(String verb, @Nullable String argument) throws IOException {
    return open(verb, false, to -> to.openData(verb, argument));
  }

  /**
   * Sends STOR for a small picture, whose bytes may follow at once: {@link FtpTransfer#finalReply}
   * reads the reply that lets them come too, which saves waiting for it. Only where that is safe;
   * otherwise the same as {@link #openData}. After a refusal this session ends.
   *
   * @param bytes that follow, -1 if that isn't known
   * @param folderIsFilled whether the server took a picture into this folder before
   */
  Optional<FtpTransfer> openStore(String path, long bytes, boolean folderIsFilled)
      throws IOException {
    return folderIsFilled && facts.takesUnasked() && client.holdsUnasked(bytes)
        ? open("STOR", true, to -> to.openUnasked("STOR " + path))
        : openData("STOR", path);
  }

  /** Opens a data connection; null when the server refused. */
  @FunctionalInterface
  private interface Opening {
    @Nullable DataConnection with(PictureFtpClient client) throws IOException;
  }

  private Optional<FtpTransfer> open(String verb, boolean unasked, Opening opening)
      throws IOException {
    retired |= mayLinger();
    Optional<FtpTransfer> opened =
        dialogue
            .say(to -> Optional.ofNullable(openConnection(to, verb, opening)))
            .map(data -> new FtpTransfer(client, dialogue, facts, data, unasked));
    transfer = opened.orElse(null);
    return opened;
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

  @Override
  public boolean isReusable() {
    return inStep() && !retired && !mayLinger() && !spent();
  }

  private boolean mayLinger() {
    FtpTransfer last = transfer;
    return last != null && last.mayLinger();
  }

  /** Whether the next reply belongs to the next command. */
  boolean inStep() {
    try {
      FtpTransfer last = transfer;
      return (last == null || last.ended()) && dialogue.isInStep();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * After a transfer was given up: reads its final reply, so that commands can follow. Pure-FTPd
   * under TLS sends none now and then, so it is not waited for long.
   */
  void recover() throws IOException {
    FtpTransfer last = transfer;
    if (last != null && !last.ended()) {
      int patience = hurry();
      last.finalReply();
      client.setSoTimeout(patience);
    }
  }

  /**
   * Whether it speaks TLS and a further data connection may be refused, so that only a new session
   * helps.
   */
  private boolean spent() {
    if (client.spent() && inStep() && client.tlsVersion().equals("TLSv1.3")) {
      facts.tickets().end();
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

  @Override
  public void endIfStalled() {
    FtpTransfer last = transfer;
    if (last != null) {
      last.endIfStalled();
    }
  }

  @Override
  public void abort() {
    dialogue.abort();
    FtpTransfer last = transfer;
    if (last != null) {
      last.abort();
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

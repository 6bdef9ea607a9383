package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.ServerPaths;
import io.picsync.archive.pool.Connection;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One logged-in SFTP session: what the server is and can do, and whether it can be used again. One
 * thread at a time.
 */
final class SftpSession implements Connection {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final String server;
  private final SshChannel channel;
  private final SftpWire wire;
  private final SftpRequests requests;
  private final Map<String, String> extensions;
  private final CheckFile checkFile;
  private final ServerPaths paths;
  private RequestSizes requestSizes;

  /**
   * @param checkFile what is known of the server's digests
   * @param folder the server's root for picsync: absolute, or relative to the login folder
   */
  SftpSession(
      String server, SshChannel channel, Charset charset, CheckFile checkFile, String folder)
      throws IOException {
    this.server = server;
    this.channel = channel;
    this.checkFile = checkFile;
    this.wire = new SftpWire(channel);
    this.extensions = wire.greet();
    this.requests = new SftpRequests(wire, charset);
    int asked = knows(Extension.LIMITS) ? requests.limits() : 0;
    String base = folder.startsWith("/") ? folder : Location.join(requests.home(), folder);
    this.paths = new ServerPaths(server, charset, "filenameEncoding", base);
    this.requestSizes = asked == 0 ? RequestSizes.COMMON : RequestSizes.of(requests.await(asked));
  }

  String server() {
    return server;
  }

  SftpRequests requests() {
    return requests;
  }

  ServerPaths paths() {
    return paths;
  }

  /** Whether the server names the extension in its greeting, with this version. */
  boolean knows(Extension extension) {
    return extension.version().equals(extensions.get(extension.key()));
  }

  /**
   * Whether the server offers digests, as itself or in a list of what it supports. ProFTPD's
   * mod_sftp says so to clients of version 6 only, and tells them in version 3 as well.
   */
  boolean offersCheckFile() {
    return extensions.containsKey("check-file")
        || extensions.containsKey("check-file-name")
        || channel.serverVersion().startsWith("SSH-2.0-mod_sftp");
  }

  CheckFile checkFile() {
    return checkFile;
  }

  @Override
  public Map<String, String> learned() {
    Map<String, String> learned = new TreeMap<>();
    for (Extension extension : Extension.values()) {
      learned.put(extension.key(), Boolean.toString(knows(extension)));
    }
    learned.put("server", channel.serverVersion());
    learned.put(
        "rename",
        isOpenSsh()
            ? "never replaces"
            : knows(Extension.HARDLINK) ? "by hard link, never replaces" : "after a last look");
    return learned;
  }

  @Override
  public Duration latency() {
    return wire.roundTrip().smoothed();
  }

  /** OpenSSH's RENAME is link(2) and unlink(2): it never replaces, whatever happens meanwhile. */
  boolean isOpenSsh() {
    return channel.serverVersion().startsWith("SSH-2.0-OpenSSH");
  }

  /**
   * Whether RENAME needs no look before it, because OpenSSH's own SFTP server does it. Others,
   * which may replace, can be set up behind the same banner; they don't tell OpenSSH's limits.
   */
  boolean renameLooksItself() {
    return isOpenSsh() && knows(Extension.LIMITS);
  }

  RequestSizes requestSizes() {
    return requestSizes;
  }

  /** What the server told of them was not so. */
  void distrustRequestSizes() {
    requestSizes = RequestSizes.COMMON;
  }

  /** Nanoseconds of the quickest round trip so far; the largest number before the first. */
  long shortestRoundTrip() {
    return wire.shortest();
  }

  /** Closes what was read, and waits neither for that nor for anything asked before. */
  void leave(Handle handle) throws IOException {
    if (wire.inStep()) {
      requests.close(handle);
      wire.flush();
      wire.forgetAll();
    }
  }

  /** Gives up what was asked so far; the session can be used on. */
  void forgetAll() {
    wire.forgetAll();
  }

  boolean inStep() {
    return wire.inStep() && channel.isOpen();
  }

  @Override
  public void tellLatency(LongConsumer answered) {
    wire.tellLatency(answered);
  }

  /** Replies still due are passed over when they come, so they are in nobody's way. */
  @Override
  public boolean isReusable() {
    wire.forgetAll();
    return inStep();
  }

  @Override
  public void endIfStalled() {
    channel.output().endIfStalled();
  }

  @Override
  public boolean answers() {
    channel.input().patience(SIGN_OF_LIFE);
    try {
      requests.await(requests.stat(paths.of(new Location("", ""))));
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      channel.input().patience(channel.timeout());
    }
  }

  @Override
  public void abort() {
    channel.abort();
  }

  @Override
  public void close() {
    channel.close();
  }
}

package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.RefusedException;
import io.picsync.archive.pool.Connection;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * One logged-in SFTP conversation: requests by name, replies by the number that asking for them
 * gave. Requests for one file are answered as if done in their order, as the protocol asks of every
 * server; so they are sent in a row where none depends on another's reply. One thread at a time.
 */
final class SftpSession implements Connection {
  static final int FOR_READING = 0x01;

  /** SSH_FXF_WRITE, CREAT and EXCL: fails where a file of that name is. */
  static final int FOR_A_NEW_FILE = 0x02 | 0x08 | 0x20;

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
  private static final int TIMES_GIVEN = 8;
  private static final long LATEST = 0xffff_ffffL;

  private final String server;
  private final SshChannel channel;
  private final SftpWire wire;
  private final Charset charset;
  private final Map<String, String> extensions;
  private final CheckFile checkFile;
  private RequestSizes requestSizes;
  private final String base;

  /**
   * @param checkFile what is known of the server's digests
   * @param folder the server's root for picsync: absolute, or relative to the login folder
   */
  SftpSession(
      String server, SshChannel channel, Charset charset, CheckFile checkFile, String folder)
      throws IOException {
    this.server = server;
    this.channel = channel;
    this.charset = charset;
    this.checkFile = checkFile;
    this.wire = new SftpWire(channel);
    this.extensions = wire.greet();
    int asked = knows(Extension.LIMITS) ? wire.send(extended(Extension.LIMITS)) : 0;
    this.base = folder.startsWith("/") ? folder : Location.join(home(), folder);
    this.requestSizes = asked == 0 ? RequestSizes.COMMON : RequestSizes.of(wire.await(asked));
  }

  private String home() throws IOException {
    Reply reply = wire.await(wire.send(new Request(Verb.REALPATH).text(bytes("."))));
    if (reply.isStatus()) {
      throw new IOException("the login folder is not told: " + reply.status());
    }
    int names = reply.expect(Reply.NAME).number();
    String home = names == 1 ? reply.text(charset) : "";
    if (!home.startsWith("/")) {
      throw new IOException("the login folder is no absolute path: '" + home + "'");
    }
    return home.equals("/") ? "" : home;
  }

  String server() {
    return server;
  }

  Charset charset() {
    return charset;
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

  /** The absolute path that the server is sent. */
  String path(Location location) {
    String path = location.serverPath();
    if (path.isEmpty()) {
      return base.isEmpty() ? "/" : base;
    }
    return base.endsWith("/") ? base + path : base + "/" + path;
  }

  /**
   * Refuses a name that the server's encoding can't spell: it would be sent with question marks,
   * and two such names would be one.
   */
  void checkSpelling(Location location) throws RefusedException {
    if (!charset.newEncoder().canEncode(location.serverPath())) {
      throw new RefusedException(
          "%s can't be spelled in %s, the encoding of server %s. Set filenameEncoding=UTF-8 in its URI if it understands that."
              .formatted(location, charset, server));
    }
  }

  int stat(String path) throws IOException {
    return wire.send(request(Verb.STAT, path));
  }

  /** Of a symbolic link itself. */
  int lstat(String path) throws IOException {
    return wire.send(request(Verb.LSTAT, path));
  }

  int open(String path, int flags) throws IOException {
    return wire.send(request(Verb.OPEN, path).number(flags).number(0));
  }

  int openFolder(String path) throws IOException {
    return wire.send(request(Verb.OPENDIR, path));
  }

  int readFolder(Handle handle) throws IOException {
    return wire.send(request(Verb.READDIR, handle));
  }

  int read(Handle handle, long offset, int length) throws IOException {
    return wire.send(request(Verb.READ, handle).large(offset).number(length));
  }

  /** The bytes from {@code start} on, written from {@code offset} on. */
  int write(Handle handle, long offset, byte[] bytes, int start, int length) throws IOException {
    Request request = request(Verb.WRITE, handle).large(offset).number(length);
    return wire.send(request, bytes, start, length);
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

  int close(Handle handle) throws IOException {
    return wire.send(request(Verb.CLOSE, handle));
  }

  int remove(String path) throws IOException {
    return wire.send(request(Verb.REMOVE, path));
  }

  int makeFolder(String path) throws IOException {
    return wire.send(request(Verb.MKDIR, path).number(0));
  }

  int rename(String from, String to) throws IOException {
    return wire.send(request(Verb.RENAME, from).text(bytes(to)));
  }

  /** Version 3 tells times as 32 bits of seconds. */
  static boolean canTell(Instant time) {
    return time.getEpochSecond() >= 0 && time.getEpochSecond() <= LATEST;
  }

  int setModified(String path, Instant modified) throws IOException {
    int seconds = (int) modified.getEpochSecond();
    return wire.send(
        request(Verb.SETSTAT, path).number(TIMES_GIVEN).number(seconds).number(seconds));
  }

  int fsync(Handle handle) throws IOException {
    return wire.send(extended(Extension.FSYNC).text(handle.name()));
  }

  /** A second name for a file, refused where that name is taken. */
  int link(String from, String to) throws IOException {
    return wire.send(extended(Extension.HARDLINK).text(bytes(from)).text(bytes(to)));
  }

  int statvfs(String path) throws IOException {
    return wire.send(extended(Extension.STATVFS).text(bytes(path)));
  }

  /** The digest of a file's bytes, all in one block. */
  int checkFile(String path, String algorithm) throws IOException {
    Request request = new Request(Verb.EXTENDED).name("check-file-name").text(bytes(path));
    return wire.send(request.name(algorithm).large(0).large(0).number(0));
  }

  Reply await(int id) throws IOException {
    return wire.await(id);
  }

  /**
   * Sends what is due and waits until all up to this are likely to be answered, to be awaited then.
   */
  void gather(int id) throws IOException {
    wire.gather(id);
  }

  /** Waits for a request that is answered by a status only. */
  Status awaitStatus(int id) throws IOException {
    return wire.await(id).status();
  }

  /** Closes what was read, and waits neither for that nor for anything asked before. */
  void leave(Handle handle) throws IOException {
    if (wire.inStep()) {
      close(handle);
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
      wire.await(stat(base.isEmpty() ? "/" : base));
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

  private Request request(Verb verb, String path) {
    return new Request(verb).text(bytes(path));
  }

  private static Request request(Verb verb, Handle handle) {
    return new Request(verb).text(handle.name());
  }

  private static Request extended(Extension extension) {
    return new Request(Verb.EXTENDED).name(extension.key());
  }

  private byte[] bytes(String path) {
    return path.getBytes(charset);
  }
}

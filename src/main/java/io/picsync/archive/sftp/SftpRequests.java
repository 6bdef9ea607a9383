package io.picsync.archive.sftp;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;

/**
 * Requests by name, replies by the number that asking for them gave. Requests for one file are
 * answered as if done in their order, as the protocol asks of every server; so they are sent in a
 * row where none depends on another's reply. One thread at a time.
 */
final class SftpRequests {
  static final int FOR_READING = 0x01;

  /** SSH_FXF_WRITE, CREAT and EXCL: fails where a file of that name is. */
  static final int FOR_A_NEW_FILE = 0x02 | 0x08 | 0x20;

  private static final int TIMES_GIVEN = 8;
  private static final long LATEST = 0xffff_ffffL;

  private final SftpWire wire;
  private final Charset charset;

  SftpRequests(SftpWire wire, Charset charset) {
    this.wire = wire;
    this.charset = charset;
  }

  /** The absolute path of the login folder; empty for the root. */
  String home() throws IOException {
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

  int limits() throws IOException {
    return wire.send(extended(Extension.LIMITS));
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

package io.picsync.archive.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One packet on its way to the server, written field by field after its length, verb and id. Not
 * for several threads.
 */
final class Request {
  private static final int HEAD = 9;

  private final Verb verb;
  private ByteBuffer bytes = ByteBuffer.allocate(512);

  Request(Verb verb) {
    this.verb = verb;
    bytes.position(HEAD);
  }

  Verb verb() {
    return verb;
  }

  Request text(byte[] text) {
    room(4 + text.length);
    bytes.putInt(text.length).put(text);
    return this;
  }

  /** For extensions, whose names are ASCII. */
  Request name(String name) {
    return text(name.getBytes(StandardCharsets.US_ASCII));
  }

  Request number(int number) {
    room(4);
    bytes.putInt(number);
    return this;
  }

  Request large(long number) {
    room(8);
    bytes.putLong(number);
    return this;
  }

  private void room(int more) {
    if (bytes.remaining() < more) {
      ByteBuffer larger = ByteBuffer.allocate(bytes.position() * 2 + more);
      bytes.flip();
      bytes = larger.put(bytes);
    }
  }

  /**
   * Writes the packet.
   *
   * @param following bytes that are sent after this and belong to the packet
   */
  void writeTo(OutputStream out, int id, int following) throws IOException {
    int end = bytes.position();
    bytes.putInt(0, end - 4 + following).put(4, (byte) verb.code()).putInt(5, id);
    out.write(bytes.array(), bytes.arrayOffset(), end);
  }
}

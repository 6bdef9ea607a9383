package io.picsync.archive.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/** One packet from the server, read field by field. Not for several threads. */
final class Reply {
  static final int VERSION = 2;
  static final int STATUS = 101;
  static final int HANDLE = 102;
  static final int DATA = 103;
  static final int NAME = 104;
  static final int ATTRS = 105;
  static final int EXTENDED_REPLY = 201;

  private static final int SIZE_GIVEN = 1;
  private static final int OWNER_GIVEN = 2;
  private static final int MODE_GIVEN = 4;
  private static final int TIMES_GIVEN = 8;
  private static final int EXTENDED_GIVEN = 0x80000000;

  private final int type;
  private final ByteBuffer fields;

  /**
   * @param fields what follows the type and, where there is one, the id
   */
  Reply(int type, ByteBuffer fields) {
    this.type = type;
    this.fields = fields;
  }

  int type() {
    return type;
  }

  boolean isStatus() {
    return type == STATUS;
  }

  /**
   * @throws IOException when it is something else: then the conversation can't be trusted
   */
  Reply expect(int wanted) throws IOException {
    if (type != wanted) {
      throw new IOException(
          "the server answered with packet type %d where %d was due".formatted(type, wanted));
    }
    return this;
  }

  /** Some servers leave the words out. */
  Status status() throws IOException {
    expect(STATUS);
    int code = number();
    return new Status(code, fields.hasRemaining() ? text(StandardCharsets.UTF_8) : "");
  }

  int number() throws IOException {
    return field(fields::getInt);
  }

  long large() throws IOException {
    return field(fields::getLong);
  }

  byte[] bytes() throws IOException {
    byte[] bytes = new byte[length()];
    fields.get(bytes);
    return bytes;
  }

  /** What the character set can't read becomes U+FFFD, which no name may hold. */
  String text(Charset charset) throws IOException {
    int length = length();
    String text =
        new String(fields.array(), fields.arrayOffset() + fields.position(), length, charset);
    fields.position(fields.position() + length);
    return text;
  }

  /** How many bytes a DATA reply brought. */
  int dataLength() throws IOException {
    expect(DATA);
    return length();
  }

  /** Writes what a DATA reply brought, after {@link #dataLength}. */
  void dataTo(OutputStream out, int length) throws IOException {
    out.write(fields.array(), fields.arrayOffset() + fields.position(), length);
  }

  /** All that is left. */
  byte[] rest() {
    byte[] rest = new byte[fields.remaining()];
    fields.get(rest);
    return rest;
  }

  boolean hasMore() {
    return fields.hasRemaining();
  }

  Attributes attributes() throws IOException {
    int given = number();
    long size = (given & SIZE_GIVEN) == 0 ? -1 : large();
    if ((given & OWNER_GIVEN) != 0) {
      large(); // user and group
    }
    int mode = (given & MODE_GIVEN) == 0 ? -1 : number();
    Instant modified = null;
    if ((given & TIMES_GIVEN) != 0) {
      number(); // last access
      modified = Instant.ofEpochSecond(Integer.toUnsignedLong(number()));
    }
    if ((given & EXTENDED_GIVEN) != 0) {
      for (int left = number(); left > 0; left--) {
        bytes();
        bytes();
      }
    }
    return new Attributes(size, mode, modified);
  }

  private int length() throws IOException {
    int length = number();
    if (length < 0 || length > fields.remaining()) {
      throw malformed();
    }
    return length;
  }

  private static <T> T field(Supplier<T> read) throws IOException {
    try {
      return read.get();
    } catch (BufferUnderflowException e) {
      IOException malformed = malformed();
      malformed.initCause(e);
      throw malformed;
    }
  }

  private static IOException malformed() {
    return new IOException("the server sent a packet that is shorter than it says");
  }
}

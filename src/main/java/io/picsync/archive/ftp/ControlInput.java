package io.picsync.archive.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a server says over the control connection: characters, of which no more are handed out at
 * once than to the end of a line, so that what follows a line can still be had as bytes. Not for
 * several threads.
 */
final class ControlInput extends Reader {
  private static final int SIZE = 8192;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final byte[] buffer = new byte[SIZE];
  private int from;
  private int filled;

  ControlInput(InputStream in, Charset encoding) {
    this.in = in;
    this.decoder =
        encoding
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }

  /** At most the rest of one line. */
  @Override
  public int read(char[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(into, offset, length);
    int begin = chars.position();
    while (from < filled || fill()) {
      ByteBuffer line = ByteBuffer.wrap(buffer, from, lineEnd() - from);
      decoder.decode(line, chars, false);
      from = line.position();
      if (chars.position() > begin) {
        return chars.position() - begin;
      }
      if (!fill()) { // a character's bytes have not all come
        return -1;
      }
    }
    return -1;
  }

  @Override
  public boolean ready() throws IOException {
    return from < filled || in.available() > 0;
  }

  /**
   * Waits for the next line and takes it if it is this one; any other is left where it is.
   *
   * @param text in ASCII, without the line end
   * @return whether it was taken; false also when the stream ended
   */
  boolean takesLine(String text) throws IOException {
    byte[] wanted = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    while (true) {
      int there = Math.min(filled - from, wanted.length);
      if (!Arrays.equals(buffer, from, from + there, wanted, 0, there)) {
        return false;
      }
      if (there == wanted.length) {
        from += there;
        return true;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  /** All that comes from here on, as bytes. */
  InputStream bytes() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (from == filled) {
          return in.read(into, offset, length);
        }
        int taken = Math.min(length, filled - from);
        System.arraycopy(buffer, from, into, offset, taken);
        from += taken;
        return taken;
      }
    };
  }

  /** Behind the next line feed, or all that is there. */
  private int lineEnd() {
    for (int i = from; i < filled; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return filled;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    filled -= from;
    from = 0;
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(read, 0);
    return read > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

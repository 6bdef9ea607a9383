package io.picsync.archive.lines;

import io.picsync.archive.Names;
import java.nio.charset.StandardCharsets;

/** One line of a listing in its reader's buffer, without its line end; valid until the next one. */
public final class Line {
  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  void set(byte[] buffer, int from, int to) {
    bytes = buffer;
    start = from;
    end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  /** The byte at this offset, 0 to 255, or -1 past the end. */
  int at(int offset) {
    return start + offset < end ? bytes[start + offset] & 0xff : -1;
  }

  /** For messages. */
  @Override
  public String toString() {
    return Names.printable(new String(bytes, start, end - start, StandardCharsets.UTF_8));
  }
}

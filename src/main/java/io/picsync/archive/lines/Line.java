package io.picsync.archive.lines;

import io.picsync.archive.Names;
import java.nio.charset.StandardCharsets;

/**
 * One line of a listing in its reader's buffer, without its line end; valid until the next one.
 * Offsets count from the line's first byte; at one that is negative or past the end there is
 * nothing.
 */
public final class Line {
  private static final int LONGEST_NUMBER = 18;

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

  /** The byte at this offset, 0 to 255, or -1 where there is none. */
  int at(int offset) {
    return offset >= 0 && start + offset < end ? bytes[start + offset] & 0xff : -1;
  }

  boolean isDigit(int offset) {
    int c = at(offset);
    return c >= '0' && c <= '9';
  }

  /** The offset of the next blank, or the line's length. */
  int wordEnd(int from) {
    if (from < 0) {
      return from;
    }
    int i = start + from;
    while (i < end && bytes[i] != ' ') {
      i++;
    }
    return i - start;
  }

  /** The offset of the next byte that is no blank, or the line's length. */
  int blanksEnd(int from) {
    if (from < 0) {
      return from;
    }
    int i = start + from;
    while (i < end && bytes[i] == ' ') {
      i++;
    }
    return i - start;
  }

  int digitsEnd(int from) {
    int i = from;
    while (isDigit(i)) {
      i++;
    }
    return i;
  }

  /** What the bytes between the offsets say; -1 unless they are digits, at most 18. */
  long number(int from, int to) {
    if (from < 0 || to <= from || to - from > LONGEST_NUMBER || to > length()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(i)) {
        return -1;
      }
      value = value * 10 + at(i) - '0';
    }
    return value;
  }

  /** Whether these ASCII characters stand at the offset. */
  boolean says(String text, int offset) {
    for (int i = 0; i < text.length(); i++) {
      if (at(offset + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is these ASCII characters and no more. */
  boolean is(String text) {
    return length() == text.length() && says(text, 0);
  }

  /** For messages. */
  @Override
  public String toString() {
    return Names.printable(new String(bytes, start, end - start, StandardCharsets.UTF_8));
  }
}

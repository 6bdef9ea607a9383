package io.picsync.archive;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a JPEG is whole, at its two ends only: the segments before the picture data are
 * skipped by their lengths, so that an embedded preview's end is not taken for the picture's, and
 * the end marker is looked for from behind. Cameras append zeros, and some a few bytes of their
 * own; neither is damage.
 */
final class JpegInspection {
  /** The end marker may have that many bytes behind it, zeros not counted. */
  static final int APPENDED = 4096;

  private static final int MARKER = 0xFF;
  private static final int START = 0xD8;
  private static final int END = 0xD9;
  private static final int SCAN = 0xDA;

  /** One byte of the picture, 0 to 255. */
  @FunctionalInterface
  interface Bytes {
    int at(long position) throws IOException;
  }

  private final Bytes bytes;
  private final long length;

  private JpegInspection(Bytes bytes, long length) {
    this.bytes = bytes;
    this.length = length;
  }

  static boolean isMeant(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg");
  }

  /** What is damaged, in the words of reports; empty for a whole picture. */
  static Optional<String> damage(Bytes bytes, long length) throws IOException {
    return length == 0
        ? Optional.of("zero bytes")
        : Optional.ofNullable(new JpegInspection(bytes, length).damage());
  }

  private @Nullable String damage() throws IOException {
    long data = length < 4 ? length : picture();
    if (data < 0) {
      return "no start marker";
    }
    long end = length;
    while (end > data && bytes.at(end - 1) == 0) {
      end--;
    }
    long first = Math.max(data, end - APPENDED);
    for (long at = end - 2; at >= first; at--) {
      if (bytes.at(at) == MARKER && bytes.at(at + 1) == END) {
        return null;
      }
    }
    return end < length - 1 ? "zero-filled tail" : "no end marker";
  }

  /**
   * Where the picture data begins; behind the end when the file is cut before, -1 for no JPEG. What
   * is no segment ends the search: the end marker alone decides then.
   */
  private long picture() throws IOException {
    if (bytes.at(0) != MARKER || bytes.at(1) != START) {
      return -1;
    }
    long at = 2;
    while (at + 4 <= length && bytes.at(at) == MARKER) {
      int kind = bytes.at(at + 1);
      if (kind == MARKER) { // a marker may be preceded by any number of fill bytes
        at++;
      } else if (kind == SCAN || kind == END || kind == 0) {
        return at;
      } else {
        at += 2 + (bytes.at(at + 2) << 8 | bytes.at(at + 3));
      }
    }
    return at;
  }
}

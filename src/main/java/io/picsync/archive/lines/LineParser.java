package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;

/**
 * Understands the lines of one listing. Each listing gets a parser of its own: what the lines
 * before were like is evidence for those that follow. One thread.
 */
public abstract class LineParser {
  private final Charset charset;

  LineParser(Charset charset) {
    this.charset = charset;
  }

  /**
   * Adds what the line tells, or nothing.
   *
   * @return false when the line is not understood; the whole folder is untrusted then
   */
  public abstract boolean parse(Line line, ListingBuilder listing);

  Charset charset() {
    return charset;
  }

  /** The rest of the line. */
  final String decode(Line line, int from) {
    return decode(line, from, line.length());
  }

  /** Bytes of a line that can't be decoded become U+FFFD, which makes the name a refused one. */
  final String decode(Line line, int from, int to) {
    byte[] bytes = line.bytes();
    int start = line.start() + from;
    int end = line.start() + to;
    for (int i = start; i < end; i++) {
      if (bytes[i] < 0) {
        return new String(bytes, start, end - start, charset);
      }
    }
    @SuppressWarnings("deprecation") // the one constructor that copies ASCII without decoding it
    String ascii = new String(bytes, 0, start, end - start);
    return ascii;
  }
}

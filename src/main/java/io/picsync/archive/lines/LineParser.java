package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;

/** Understands the lines of one listing format. One listing at a time, one thread. */
public abstract class LineParser {
  private final Charset charset;

  LineParser(Charset charset) {
    this.charset = charset;
  }

  /**
   * @return false when the line is not understood; the whole folder is untrusted then
   */
  public abstract boolean parse(Line line, ListingBuilder listing);

  /** Bytes of a line that can't be decoded become U+FFFD, which makes the name a refused one. */
  String decode(Line line, int from) {
    byte[] bytes = line.bytes();
    for (int i = line.start() + from; i < line.end(); i++) {
      if (bytes[i] < 0) {
        return new String(bytes, line.start() + from, line.length() - from, charset);
      }
    }
    @SuppressWarnings("deprecation") // the one constructor that copies ASCII without decoding it
    String ascii = new String(bytes, 0, line.start() + from, line.length() - from);
    return ascii;
  }
}

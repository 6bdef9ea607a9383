package io.picsync.archive.lines;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cuts a listing into lines without copying them. */
public final class LineReader {
  private static final int LONGEST_LINE = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private long number;

  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Whole lines read, understood or not. */
  public long count() {
    return number;
  }

  /**
   * Reads to the end whatever the lines are like, so that the server can finish.
   *
   * @param understand returns false for a line that it does not understand
   * @return null when every line was understood, else what is wrong with the first that was not
   */
  public @Nullable String readAll(Predicate<Line> understand) throws IOException {
    return read(null, understand);
  }

  /**
   * The same for a stream that goes on, or has to be silent, behind the last line.
   *
   * @param last in ASCII; it is neither counted nor handed on
   * @throws EOFException when the stream ended before
   * @throws IOException also when something has come already behind it
   */
  public @Nullable String readTo(String last, Predicate<Line> understand) throws IOException {
    return read(last, understand);
  }

  private @Nullable String read(@Nullable String last, Predicate<Line> understand)
      throws IOException {
    Line line = new Line();
    @Nullable String fault = null;
    int filled = 0;
    for (int read = in.read(buffer);
        read >= 0;
        read = in.read(buffer, filled, buffer.length - filled)) {
      int from = 0;
      int search = filled;
      filled += read;
      for (int i = search; i < filled; i++) {
        if (buffer[i] == '\n') {
          line.set(buffer, from, i > from && buffer[i - 1] == '\r' ? i - 1 : i);
          if (last != null && line.is(last)) {
            if (i + 1 < filled) {
              line.set(buffer, i + 1, filled);
              throw new IOException("the server says more than its last line: '" + line + "'");
            }
            return fault;
          }
          number++;
          if (fault == null && !understand.test(line)) {
            fault = "line %d is not understood: '%s'".formatted(number, line);
          }
          from = i + 1;
        }
      }
      filled -= from;
      System.arraycopy(buffer, from, buffer, 0, filled);
      if (filled == buffer.length) {
        filled = 0; // the line is given up, the rest is read to let the server finish
        fault = fault == null ? "line %d is too long".formatted(number + 1) : fault;
      } else if (filled > LONGEST_LINE && fault == null) {
        fault = "line %d is too long".formatted(number + 1);
      }
    }
    if (last != null) {
      throw new EOFException("the connection ended within a listing");
    }
    if (filled > 0 && fault == null) {
      line.set(buffer, 0, filled);
      fault = "the last line is cut off: '%s'".formatted(line);
    }
    return fault;
  }
}

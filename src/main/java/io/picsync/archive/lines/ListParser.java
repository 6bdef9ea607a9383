package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * LIST in whatever dialect the server speaks (RFC 959 leaves it open). The first line that tells an
 * entry decides which; from there on each line must be of that dialect, so that a line of an
 * unknown one is never read as another. Sizes that are not exact bytes (VMS blocks, MVS tracks,
 * {@code 33.5k}) belong to no dialect here, and no time is read where its zone is not told.
 */
public final class ListParser extends LineParser {
  private @Nullable LineParser dialect;
  private boolean totalSeen;

  public ListParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    if (dialect != null) {
      return dialect.parse(line, listing) || line.length() == 0;
    }
    LineParser first = dialectOf(line);
    if (first != null && first.parse(line, listing)) {
      dialect = first;
      return true;
    }
    if (line.length() > 0 && (totalSeen || !Totals.isTotal(line))) {
      return false;
    }
    totalSeen |= line.length() > 0;
    return true;
  }

  /** What the line looks like at a first glance; its parser may still refuse it. */
  private @Nullable LineParser dialectOf(Line line) {
    int first = line.at(0);
    if (first == '+') {
      return new EplfParser(charset());
    }
    if (first >= '0' && first <= '9') {
      return new DosParser(charset());
    }
    if (line.at(line.blanksEnd(1)) == '[') {
      return new NetWareParser(charset());
    }
    return UnixParser.isType(first)
        ? new UnixParser(charset())
        : new OsFourHundredParser(charset());
  }
}

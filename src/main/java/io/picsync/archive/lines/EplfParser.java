package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bernstein's easily parsed LIST format: {@code +i8388621.29609,m824255902,r,s1234,} a tab and the
 * name. {@code /} is a folder, {@code r} can be fetched, {@code s} is the size in bytes, {@code m}
 * the time in seconds since 1970.
 */
final class EplfParser extends LineParser {
  EplfParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    if (line.at(0) != '+') {
      return false;
    }
    boolean folder = false;
    boolean file = false;
    long size = -1;
    @Nullable Instant modified = null;
    int at = 1;
    while (line.at(at) != '\t') {
      int end = at;
      while (line.at(end) != ',' && line.at(end) != '\t') {
        if (line.at(end) < 0) {
          return false;
        }
        end++;
      }
      switch (line.at(at)) {
        case '/' -> folder = true;
        case 'r' -> file = true;
        case 's' -> {
          size = line.number(at + 1, end);
          if (size < 0) {
            return false;
          }
        }
        case 'm' -> modified = time(line.number(at + 1, end));
        default -> {} // i, up and whatever else there may be
      }
      at = line.at(end) == ',' ? end + 1 : end;
    }
    String name = decode(line, at + 1);
    if (name.isEmpty() || (file && !folder && size < 0)) {
      return false;
    }
    if (folder) {
      listing.folder(name);
    } else if (file) {
      listing.picture(name, size, modified);
    } else {
      listing.notAFile(List.of(name));
    }
    return true;
  }

  private static @Nullable Instant time(long seconds) {
    return seconds < 0 || seconds > 1L << 40 ? null : Instant.ofEpochSecond(seconds);
  }
}

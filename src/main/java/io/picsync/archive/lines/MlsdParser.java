package io.picsync.archive.lines;

import io.picsync.archive.IgnoredReason;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.TemporaryNames;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** MLSD of RFC 3659: {@code type=file;size=1234;modify=20110714153010; name}. */
public final class MlsdParser extends LineParser {

  public MlsdParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    String text = decode(line, 0);
    int space = text.indexOf(' ');
    if (space < 0) {
      return false;
    }
    String name = text.substring(space + 1);
    @Nullable String type = null;
    @Nullable String size = null;
    @Nullable String modify = null;
    for (int from = 0; from < space; ) {
      int end = text.indexOf(';', from);
      if (end < 0 || end > space) {
        end = space;
      }
      int equals = text.indexOf('=', from);
      if (equals < 0 || equals > end) {
        return false;
      }
      String value = text.substring(equals + 1, end);
      switch (text.substring(from, equals).toLowerCase(Locale.ROOT)) {
        case "type" -> type = value.toLowerCase(Locale.ROOT);
        case "size" -> size = value;
        case "modify" -> modify = value;
        default -> {} // perm, unique, unix.mode and whatever else a server tells
      }
      from = end + 1;
    }
    if (type == null && TemporaryNames.isOurs(name)) {
      listing.ignore(IgnoredReason.TEMPORARY); // renamed while it was listed
      return true;
    }
    if (type == null) {
      // Apache FtpServer tells a file that went while it was listed as one without a type, of 1970
      return "0".equals(size) && "19700101000000.000".equals(modify);
    }
    switch (type) {
      case "cdir", "pdir" -> {}
      case "dir" -> listing.folder(name);
      case "file" -> {
        long bytes = size == null ? -1 : number(size);
        if (bytes < 0) {
          return false;
        }
        listing.picture(name, bytes, modify == null ? null : time(modify));
      }
      default -> listing.notAFile(List.of(name)); // OS.unix=slink:…, OS.unix=chr-…
    }
    return true;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** {@code YYYYMMDDHHMMSS}, a fraction may follow, always UTC; null when it is none. */
  public static @Nullable Instant time(String text) {
    if (text.length() < 14) {
      return null;
    }
    try {
      return LocalDateTime.of(
              Integer.parseInt(text, 0, 4, 10),
              Integer.parseInt(text, 4, 6, 10),
              Integer.parseInt(text, 6, 8, 10),
              Integer.parseInt(text, 8, 10, 10),
              Integer.parseInt(text, 10, 12, 10),
              Math.min(59, Integer.parseInt(text, 12, 14, 10)))
          .toInstant(ZoneOffset.UTC);
    } catch (NumberFormatException | DateTimeException e) {
      return null;
    }
  }
}

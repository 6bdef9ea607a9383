package io.picsync.archive.lines;

import io.picsync.archive.IgnoredReason;
import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;

/**
 * LIST as Unix servers write it ({@code ls -l}) and as IIS does by default ({@code 07-14-11 03:30PM
 * <DIR> name}). Times are not read: they know neither zone nor seconds. Each line must be one of
 * these or a {@code total} line.
 *
 * <p>A Unix line: mode, links, owner, group (missing on some servers), size, month, day, year or
 * time, one blank, then the name to the end of the line, blanks and all.
 */
public final class ListParser extends LineParser {
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  public ListParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    int first = line.at(0);
    return switch (first) {
      case '-', 'd', 'l', 'b', 'c', 'p', 's' -> unix(line, first, listing);
      case 't' -> isTotal(line);
      case -1 -> true; // an empty line says nothing
      default -> first >= '0' && first <= '9' && dos(line, listing);
    };
  }

  private boolean unix(Line line, int type, ListingBuilder listing) {
    int month = monthField(line);
    if (month < 0) {
      return false;
    }
    int day = skipBlanks(line, skipWord(line, month));
    int time = skipBlanks(line, skipWord(line, day));
    int afterTime = skipWord(line, time);
    if (!isDay(line, day) || !isTimeOrYear(line, time, afterTime) || line.at(afterTime) != ' ') {
      return false;
    }
    if (afterTime + 1 >= line.length()) {
      return false;
    }
    switch (type) {
      case 'd' -> listing.folder(decode(line, afterTime + 1));
      case '-' -> {
        long size = numberBefore(line, month);
        if (size < 0) {
          return false;
        }
        listing.picture(decode(line, afterTime + 1), size, null);
      }
      default -> listing.ignore(IgnoredReason.NOT_A_FILE);
    }
    return true;
  }

  /**
   * Where the month begins: the first month name behind the mode and at least two more fields, of
   * which the last is a number (a size; a device has two).
   */
  private static int monthField(Line line) {
    int before = skipWord(line, 0);
    int at = skipBlanks(line, before);
    for (int field = 1; field < 8 && at < line.length(); field++) {
      int end = skipWord(line, at);
      if (field >= 3 && end - at == 3 && isMonth(line, at) && isDigit(line.at(before - 1))) {
        return at;
      }
      before = end;
      at = skipBlanks(line, end);
    }
    return -1;
  }

  private static boolean isMonth(Line line, int at) {
    for (int i = 0; i < MONTHS.length(); i += 3) {
      if (line.at(at) == MONTHS.charAt(i)
          && line.at(at + 1) == MONTHS.charAt(i + 1)
          && line.at(at + 2) == MONTHS.charAt(i + 2)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDay(Line line, int at) {
    int length = skipWord(line, at) - at;
    return (length == 1 || length == 2)
        && isDigit(line.at(at))
        && (length == 1 || isDigit(line.at(at + 1)));
  }

  /** {@code 15:30}, {@code 2011}. */
  private static boolean isTimeOrYear(Line line, int from, int end) {
    if (end - from < 4 || end - from > 5) {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (!isDigit(line.at(i)) && !(line.at(i) == ':' && end - i == 3)) {
        return false;
      }
    }
    return end - from == 4 || line.at(end - 3) == ':';
  }

  /** The number that ends two places before this offset; -1 when there is none. */
  private static long numberBefore(Line line, int offset) {
    int end = offset;
    while (end > 0 && line.at(end - 1) == ' ') {
      end--;
    }
    int from = end;
    while (from > 0 && isDigit(line.at(from - 1))) {
      from--;
    }
    return from > 0 && line.at(from - 1) == ' ' ? number(line, from, end) : -1;
  }

  private static long number(Line line, int from, int end) {
    if (end == from || end - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      value = value * 10 + line.at(i) - '0';
    }
    return value;
  }

  /** {@code 07-14-11 03:30PM <DIR> name} or {@code 07-14-2011 15:30 1234 name}. */
  private boolean dos(Line line, ListingBuilder listing) {
    int dateEnd = skipWord(line, 0);
    int time = skipBlanks(line, dateEnd);
    int timeEnd = skipWord(line, time);
    int size = skipBlanks(line, timeEnd);
    int sizeEnd = skipWord(line, size);
    if ((dateEnd != 8 && dateEnd != 10)
        || line.at(2) != '-'
        || line.at(5) != '-'
        || line.at(time + 2) != ':'
        || line.at(sizeEnd) != ' ') {
      return false;
    }
    if (line.at(size) == '<') {
      String name = decode(line, skipBlanks(line, sizeEnd));
      if (name.isEmpty()) {
        return false;
      }
      if (line.at(size + 1) == 'D' && line.at(size + 2) == 'I') {
        listing.folder(name);
      } else {
        listing.ignore(IgnoredReason.NOT_A_FILE); // <JUNCTION>, <SYMLINK>
      }
      return true;
    }
    for (int i = size; i < sizeEnd; i++) {
      if (!isDigit(line.at(i))) {
        return false;
      }
    }
    long bytes = number(line, size, sizeEnd);
    if (bytes < 0 || sizeEnd + 1 >= line.length()) {
      return false;
    }
    listing.picture(decode(line, sizeEnd + 1), bytes, null);
    return true;
  }

  private static boolean isTotal(Line line) {
    return line.length() > 6
        && line.at(1) == 'o'
        && line.at(2) == 't'
        && line.at(3) == 'a'
        && line.at(4) == 'l'
        && line.at(5) == ' ';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static int skipWord(Line line, int at) {
    int i = at;
    while (i < line.length() && line.at(i) != ' ') {
      i++;
    }
    return i;
  }

  private static int skipBlanks(Line line, int at) {
    int i = at;
    while (i < line.length() && line.at(i) == ' ') {
      i++;
    }
    return i;
  }
}

package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;
import java.util.List;

/**
 * MS-DOS as IIS writes it by default: {@code 07-14-11 03:30PM 1234 a.jpg}, {@code 2011-07-14 15:30
 * <DIR> 20110714}; a point or comma may part thousands. A size is followed by one blank, a tag in
 * angle brackets by as many as fill its column of fifteen.
 */
final class DosParser extends LineParser {
  private static final int TAG_COLUMN = 15;
  private static final int UNKNOWN = -1;

  /** Blanks behind a tag where they don't fill the column; the first line decides. */
  private int narrow = UNKNOWN;

  DosParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    int dateEnd = line.wordEnd(0);
    int time = line.blanksEnd(dateEnd);
    int timeEnd = line.wordEnd(time);
    int size = line.blanksEnd(timeEnd);
    int sizeEnd = line.wordEnd(size);
    if (!isDate(line, dateEnd) || !isTime(line, time, timeEnd) || line.at(sizeEnd) != ' ') {
      return false;
    }
    if (line.at(size) == '<') {
      return tagged(line, size, sizeEnd, listing);
    }
    long bytes = size(line, size, sizeEnd);
    if (bytes < 0 || sizeEnd + 1 >= line.length()) {
      return false;
    }
    listing.picture(decode(line, sizeEnd + 1), bytes, null);
    return true;
  }

  private boolean tagged(Line line, int tag, int tagEnd, ListingBuilder listing) {
    int first = line.blanksEnd(tagEnd);
    if (first == line.length() || line.at(tagEnd - 1) != '>') {
      return false;
    }
    int name = tag + TAG_COLUMN;
    if (first < name) {
      if (narrow != UNKNOWN && narrow != first - tagEnd) {
        return false;
      }
      narrow = first - tagEnd;
      name = first;
    }
    if (line.says("<DIR>", tag)) {
      listing.folder(decode(line, name));
    } else {
      listing.notAFile(names(decode(line, name))); // <JUNCTION>, <SYMLINK>, <SYMLINKD>
    }
    return true;
  }

  /** The target of a junction may stand behind its name in brackets. */
  private static List<String> names(String text) {
    int target = text.lastIndexOf(" [");
    return target > 0 && text.endsWith("]")
        ? List.of(text, text.substring(0, target))
        : List.of(text);
  }

  /** {@code 07-14-11}, {@code 07-14-2011}, {@code 2011-07-14}. */
  private static boolean isDate(Line line, int end) {
    int first = line.digitsEnd(0);
    int second = line.digitsEnd(first + 1);
    int third = line.digitsEnd(second + 1);
    int year = third - second - 1;
    return line.at(first) == '-'
        && line.at(second) == '-'
        && third == end
        && second - first == 3
        && ((first == 2 && (year == 2 || year == 4)) || (first == 4 && year == 2));
  }

  /** {@code 03:30PM}, {@code 15:30}. */
  private static boolean isTime(Line line, int from, int end) {
    int half = line.at(end - 2) | 0x20;
    boolean twelve = (half == 'a' || half == 'p') && (line.at(end - 1) | 0x20) == 'm';
    int clockEnd = twelve ? end - 2 : end;
    return clockEnd - from == 5
        && line.number(from, from + 2) >= 0
        && line.at(from + 2) == ':'
        && line.number(from + 3, clockEnd) >= 0;
  }

  /** {@code 1234}, {@code 1,234}, {@code 1.234}; -1 if it is none. */
  private static long size(Line line, int from, int end) {
    int groupEnd = line.digitsEnd(from);
    long size = line.number(from, groupEnd);
    if (groupEnd == end || size < 0 || groupEnd - from > 3) {
      return groupEnd == end ? size : -1;
    }
    int mark = line.at(groupEnd);
    while (groupEnd < end) {
      long group = line.number(groupEnd + 1, Math.min(groupEnd + 4, end));
      boolean whole = line.digitsEnd(groupEnd + 1) == groupEnd + 4;
      if (!whole || line.at(groupEnd) != mark || (mark != ',' && mark != '.') || size > 1L << 50) {
        return -1;
      }
      size = size * 1000 + group;
      groupEnd += 4;
    }
    return size;
  }
}

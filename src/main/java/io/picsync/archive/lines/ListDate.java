package io.picsync.archive.lines;

/**
 * The date of a LIST line in the forms that {@code ls} has in the languages of this world, and
 * those of its imitators. Only where it ends matters: the name begins behind it.
 *
 * <pre>
 * Jul 14 15:30        Jul 14  2011        Jul 14 15:30:10 2011     Oct 08, 2002 09:47
 * 14 juil. 15:30      14 juil.  2011      26. Juli, 20:10          14 de jul.  2011
 * 14. Jul 15:30       14. Jul 2011_       14. 7. 15:30             14. 7.  2011
 * 2011-07-14 15:30    2011-07-14_         07-14 15:30              14.07.2011 15:30
 * 7月 14 15:30        7月 14  2011        2011년  7월 14일         4月 18日 2003年
 * 2011 márc  14       2011-07-14 15:30:10.000000000 +0200
 * </pre>
 *
 * One blank parts the date from the name. Where the underscores are, the date is filled up to the
 * width of a time, so two blanks do.
 */
final class ListDate {
  /** No date begins here. */
  static final int NONE = -1;

  /** What is here could be read in two ways. */
  static final int AMBIGUOUS = -2;

  private ListDate() {}

  /** Where the name begins, if a date begins at this offset and a name follows it. */
  static int nameAfter(Line line, int at) {
    int name = line.isDigit(at) ? fromDigits(line, at) : monthFirst(line, at);
    return name < line.length() ? name : NONE;
  }

  private static int fromDigits(Line line, int at) {
    int end = line.digitsEnd(at);
    int next = line.at(end);
    if (end - at == 4) {
      return switch (next) {
        case ' ' -> yearFirst(line, at);
        case '-', '/', '.' -> NumericDate.nameAfter(line, at);
        default -> EastAsianDate.nameAfter(line, at);
      };
    }
    if (end - at > 2) {
      return NONE;
    }
    return switch (next) {
      case ' ' -> dayFirst(line, line.blanksEnd(end), false);
      case '-', '/' -> NumericDate.nameAfter(line, at);
      case '.' -> {
        int month = line.blanksEnd(end + 1);
        yield line.isDigit(month)
            ? NumericDate.nameAfter(line, at)
            : dayFirst(line, noBreakEnd(line, month), month == end + 2);
      }
      default -> EastAsianDate.nameAfter(line, at);
    };
  }

  /** Behind a no-break space in UTF-8 or an older encoding, which Czech has. */
  private static int noBreakEnd(Line line, int at) {
    int space = line.at(at) == 0xc2 ? at + 1 : at;
    return line.at(space) == 0xa0 ? space + 1 : at;
  }

  private static int monthFirst(Line line, int at) {
    int monthEnd = line.wordEnd(at);
    if (!isEnglish(line, at, monthEnd) && !Months.isMonth(line, at, monthEnd)) {
      return NONE;
    }
    int dayEnd = dayEnd(line, line.blanksEnd(monthEnd));
    if (dayEnd < 0) {
      return NONE;
    }
    return line.at(dayEnd) == ','
        ? afterYearAndTime(line, dayEnd + 1)
        : afterTimeOrYear(line, dayEnd, false);
  }

  /**
   * @param month where it begins
   * @param filled whether a year is filled up to the width of a time, as in German
   */
  private static int dayFirst(Line line, int month, boolean filled) {
    int at = line.says("de ", month) ? line.blanksEnd(month + 3) : month;
    int monthEnd = line.wordEnd(at);
    return isEnglish(line, at, monthEnd)
            || (!line.isDigit(at) && Months.isMonth(line, at, monthEnd))
        ? afterTimeOrYear(line, monthEnd, filled)
        : NONE;
  }

  /**
   * Hungarian and Basque tell the year first, and a size may look like one. English never does, so
   * that its lines stay clear.
   */
  private static int yearFirst(Line line, int at) {
    int month = line.blanksEnd(at + 4);
    int monthEnd = line.wordEnd(month);
    if (isEnglish(line, month, monthEnd) || !Months.isMonth(line, month, monthEnd)) {
      return NONE;
    }
    int dayEnd = dayEnd(line, line.blanksEnd(monthEnd));
    if (dayEnd < 0 || line.at(dayEnd) != ' ') {
      return NONE;
    }
    return afterTimeOrYear(line, dayEnd, false) == NONE ? dayEnd + 1 : AMBIGUOUS;
  }

  /** The end of a day's one or two digits; -1 if there are none. */
  private static int dayEnd(Line line, int at) {
    int end = line.digitsEnd(at);
    long day = end - at > 2 ? -1 : line.number(at, end);
    return day >= 1 && day <= 31 ? end : NONE;
  }

  /**
   * The name behind {@code 15:30}, {@code 15:30:10 2011} or {@code 2011}. A year with one blank
   * before it may be filled up or not; a name that begins with a blank is not told from that.
   */
  static int afterTimeOrYear(Line line, int before, boolean filled) {
    int at = line.blanksEnd(before);
    if (at == before) {
      return NONE;
    }
    int timeEnd = ListTime.end(line, at);
    if (timeEnd > 0) {
      if (timeEnd - at <= "15:30".length()) {
        return afterOneBlank(line, timeEnd);
      }
      int year = timeEnd + 1;
      return line.at(timeEnd) == ' ' && isYear(line, year) ? afterOneBlank(line, year + 4) : NONE;
    }
    if (!isYear(line, at)) {
      return NONE;
    }
    int yearEnd = at + 4;
    if (at - before > 1) {
      return afterOneBlank(line, yearEnd);
    }
    if (filled) {
      return line.at(yearEnd) == ' ' ? afterOneBlank(line, yearEnd + 1) : NONE;
    }
    return line.at(yearEnd + 1) == ' ' ? NONE : afterOneBlank(line, yearEnd);
  }

  /** The name behind {@code 2002 09:47}. */
  private static int afterYearAndTime(Line line, int before) {
    int year = line.blanksEnd(before);
    int time = line.blanksEnd(year + 4);
    int timeEnd = year > before && isYear(line, year) ? ListTime.end(line, time) : NONE;
    return timeEnd > 0 && time > year + 4 ? afterOneBlank(line, timeEnd) : NONE;
  }

  static int afterOneBlank(Line line, int end) {
    return line.at(end) == ' ' ? end + 1 : NONE;
  }

  static boolean isYear(Line line, int at) {
    return line.digitsEnd(at) == at + 4;
  }

  /** Without a look into the table, for nearly all servers speak English. */
  private static boolean isEnglish(Line line, int at, int end) {
    if (end - at != 3) {
      return false;
    }
    return switch (line.at(at) << 16 | line.at(at + 1) << 8 | line.at(at + 2)) {
      case 'J' << 16 | 'a' << 8 | 'n',
          'F' << 16 | 'e' << 8 | 'b',
          'M' << 16 | 'a' << 8 | 'r',
          'A' << 16 | 'p' << 8 | 'r',
          'M' << 16 | 'a' << 8 | 'y',
          'J' << 16 | 'u' << 8 | 'n',
          'J' << 16 | 'u' << 8 | 'l',
          'A' << 16 | 'u' << 8 | 'g',
          'S' << 16 | 'e' << 8 | 'p',
          'O' << 16 | 'c' << 8 | 't',
          'N' << 16 | 'o' << 8 | 'v',
          'D' << 16 | 'e' << 8 | 'c' ->
          true;
      default -> false;
    };
  }
}

package io.picsync.archive.lines;

/**
 * Dates of digits: {@code 2011-07-14 15:30}, {@code 14.07.2011 15:30}, {@code 07-14 15:30} and
 * their like with dashes, slashes or dots; the Finnish {@code 14. 7. 2011}; {@code 2011-07-14_}
 * filled up with a blank; the whole of {@code ls --full-time}.
 */
final class NumericDate {
  private NumericDate() {}

  /** See {@link ListDate#nameAfter}. */
  static int nameAfter(Line line, int at) {
    int firstEnd = line.digitsEnd(at);
    int mark = line.at(firstEnd);
    int second = mark == '.' ? line.blanksEnd(firstEnd + 1) : firstEnd + 1;
    int secondEnd = line.digitsEnd(second);
    if (secondEnd == second || secondEnd - second > 2) {
      return ListDate.NONE;
    }
    boolean third = line.at(secondEnd) == mark && line.isDigit(secondEnd + 1);
    if (!third) {
      return firstEnd - at > 2 ? ListDate.NONE : withoutYear(line, secondEnd, mark);
    }
    int end = line.digitsEnd(secondEnd + 1);
    boolean yearFirst = firstEnd - at == 4;
    if (second != firstEnd + 1 || end - secondEnd - 1 != (yearFirst ? 2 : 4)) {
      return ListDate.NONE;
    }
    int timeEnd = line.at(end) == ' ' ? ListTime.endWithZone(line, end + 1) : -1;
    if (timeEnd > 0) {
      return ListDate.afterOneBlank(line, timeEnd);
    }
    boolean filled = yearFirst && mark == '-' && line.says("  ", end);
    return filled ? end + 2 : ListDate.NONE;
  }

  /** {@code 07-14 15:30}; {@code 14. 7. 2011} and {@code 14.11. 15:30}. */
  private static int withoutYear(Line line, int end, int mark) {
    if (mark == '.') {
      return line.at(end) == '.' ? ListDate.afterTimeOrYear(line, end + 1, false) : ListDate.NONE;
    }
    int timeEnd = line.at(end) == ' ' ? ListTime.end(line, end + 1) : -1;
    return timeEnd > 0 ? ListDate.afterOneBlank(line, timeEnd) : ListDate.NONE;
  }
}

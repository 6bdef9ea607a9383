package io.picsync.archive.lines;

/** {@code 15:30}, {@code 9:30}, {@code 15.30}, {@code 15:30:10}. */
final class ListTime {
  private static final int NONE = -1;

  private ListTime() {}

  /** Where a time that begins here ends, with a blank behind it; -1 if none does. */
  static int end(Line line, int at) {
    int end = clockEnd(line, at);
    return line.at(end) == ' ' ? end : NONE;
  }

  /** The same for {@code 15:30:10.000000000 +0200}: a zone stands behind a fraction, only there. */
  static int endWithZone(Line line, int at) {
    int seconds = clockEnd(line, at);
    if (seconds < 0 || line.at(seconds) != '.') {
      return end(line, at);
    }
    int zone = line.digitsEnd(seconds + 1) + 1;
    boolean isZone = line.at(zone - 1) == ' ' && (line.at(zone) == '+' || line.at(zone) == '-');
    return isZone && line.digitsEnd(zone + 1) == zone + 5 ? zone + 5 : NONE;
  }

  private static int clockEnd(Line line, int at) {
    int hours = line.digitsEnd(at);
    int mark = line.at(hours);
    if ((mark != ':' && mark != '.') || hours - at > 2 || !isAtMost(line.number(at, hours), 24)) {
      return NONE;
    }
    int end = hours + 3;
    if (!isAtMost(line.number(hours + 1, end), 59)) {
      return NONE;
    }
    boolean seconds = line.at(end) == mark && isAtMost(line.number(end + 1, end + 3), 60);
    return seconds ? end + 3 : end;
  }

  private static boolean isAtMost(long number, int most) {
    return number >= 0 && number <= most;
  }
}

package io.picsync.compare;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * When a picture was captured, as its path tells: the camera's local time, {@code 20110714153010}
 * or {@code 20110714_153010} anywhere in the name, or the day of its day folder. Times count the
 * seconds since 1970-01-01 as if every day had 24 hours.
 */
public final class CaptureTime {
  public static final int DAY = 86_400;
  private static final int DATE = 8;
  private static final int CLOCK = 6;

  private CaptureTime() {}

  /** By the name only; empty where it tells none. */
  public static OptionalLong ofName(String path) {
    int from = path.lastIndexOf('/') + 1;
    int start = from;
    while (start < path.length()) {
      int end = digits(path, start);
      int length = end - start;
      if (length == DATE + CLOCK) {
        OptionalLong time = time(path, start, start + DATE);
        if (time.isPresent()) {
          return time;
        }
      } else if (length == DATE
          && end < path.length()
          && "_-T".indexOf(path.charAt(end)) >= 0
          && digits(path, end + 1) == end + 1 + CLOCK) {
        OptionalLong time = time(path, start, end + 1);
        if (time.isPresent()) {
          return time;
        }
      }
      start = Math.max(end, start + 1);
    }
    return OptionalLong.empty();
  }

  /** The day by the name, or else by the day folder, counted from 1970-01-01; empty for neither. */
  public static OptionalLong day(String path) {
    OptionalLong time = ofName(path);
    if (time.isPresent()) {
      return OptionalLong.of(Math.floorDiv(time.getAsLong(), DAY));
    }
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      if (isDayFolder(path, start, slash)) {
        OptionalLong day = date(path, start);
        if (day.isPresent()) {
          return day;
        }
      }
      start = slash + 1;
    }
    return OptionalLong.empty();
  }

  /** The folder that the day folder of a path stands in: trees of the same camera differ in it. */
  static String tree(String path) {
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      if (isDayFolder(path, start, slash)) {
        return path.substring(0, start);
      }
      start = slash + 1;
    }
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static boolean isDayFolder(String path, int from, int to) {
    return to - from == DATE && digits(path, from) == to;
  }

  /** Where the digits end that begin here. */
  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static OptionalLong time(String text, int date, int clock) {
    int hour = number(text, clock, 2);
    int minute = number(text, clock + 2, 2);
    int second = number(text, clock + 4, 2);
    OptionalLong day = date(text, date);
    return day.isEmpty() || hour > 23 || minute > 59 || second > 59
        ? OptionalLong.empty()
        : OptionalLong.of(day.getAsLong() * DAY + hour * 3600L + minute * 60L + second);
  }

  private static OptionalLong date(String text, int at) {
    int year = number(text, at, 4);
    if (year < 1970 || year > 2199) {
      return OptionalLong.empty(); // a serial number
    }
    try {
      return OptionalLong.of(
          LocalDate.of(year, number(text, at + 4, 2), number(text, at + 6, 2)).toEpochDay());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static int number(String text, int from, int length) {
    int number = 0;
    for (int i = from; i < from + length; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}

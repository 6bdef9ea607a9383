package io.picsync.settings;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the day on some days of the week: {@code Mon-Fri 08:00-18:00}. Those that end before
 * they begin go over midnight, and belong to the day on which they begin.
 *
 * @param from minutes since midnight, 0 to 1439
 * @param to the first minute that is outside, 1 to 1440
 */
record Hours(Set<DayOfWeek> days, int from, int to) {
  private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:" + DAY + "(?:-" + DAY + ")?\\s+)?(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})(?:\\s+(.*))?");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final int DAY_MINUTES = 24 * 60;

  /** Hours and what stands behind them. */
  record WithText(Hours hours, String text) {}

  /**
   * @param key as messages name it
   */
  static WithText parse(String key, String entry) {
    Matcher matcher = TEXT.matcher(entry.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new SettingsException(
          "%s: '%s' does not begin with hours. They are written 08:00-18:00 or Mon-Fri 22:00-06:00, days as Mon Tue Wed Thu Fri Sat Sun."
              .formatted(key, entry.strip()));
    }
    int from = minute(matcher.group(3), matcher.group(4));
    int to = minute(matcher.group(5), matcher.group(6));
    if (from < 0 || from == DAY_MINUTES || to < 0 || from == to) {
      throw new SettingsException(
          "%s: '%s': hours go from 00:00 to 24:00, and not from one minute to the same. The whole day is 00:00-24:00."
              .formatted(key, entry.strip()));
    }
    String behind = matcher.group(7);
    return new WithText(
        new Hours(days(matcher.group(1), matcher.group(2)), from, to == 0 ? DAY_MINUTES : to),
        behind == null ? "" : behind);
  }

  private static int minute(String hours, String minutes) {
    int minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    return Integer.parseInt(minutes) > 59 || minute > DAY_MINUTES ? -1 : minute;
  }

  private static Set<DayOfWeek> days(@Nullable String first, @Nullable String last) {
    if (first == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    DayOfWeek end = day(last == null ? first : last);
    for (DayOfWeek day = day(first); day != end; day = day.plus(1)) {
      days.add(day);
    }
    days.add(end);
    return days;
  }

  private static DayOfWeek day(String name) {
    return DayOfWeek.of(1 + DAYS.indexOf(name));
  }

  boolean contains(LocalDateTime time) {
    int minute = time.toLocalTime().toSecondOfDay() / 60;
    DayOfWeek day = time.getDayOfWeek();
    return from < to
        ? days.contains(day) && minute >= from && minute < to
        : (days.contains(day) && minute >= from) || (days.contains(day.minus(1)) && minute < to);
  }

  /** When they may begin or end on that day, by its clock. */
  Stream<LocalDateTime> edges(LocalDateTime day) {
    LocalDateTime midnight = day.truncatedTo(ChronoUnit.DAYS);
    return Stream.of(midnight.with(LocalTime.ofSecondOfDay(from * 60L)), midnight.plusMinutes(to));
  }
}

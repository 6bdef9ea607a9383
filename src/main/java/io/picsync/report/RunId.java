package io.picsync.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run as its report is named: {@code 20261122T164543123Z-source1}. Sorts by time, then by sync.
 *
 * @param requested to the millisecond
 */
public record RunId(String sync, Instant requested) implements Comparable<RunId> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<date>\\d{8})T(?<clock>\\d{6})(?<millis>\\d{3})Z-(?<sync>[A-Za-z0-9][A-Za-z0-9_-]{0,63})");
  private static final Comparator<RunId> ORDER =
      Comparator.comparing(RunId::requested).thenComparing(RunId::sync);

  /** Empty for a text that is no run's id. */
  public static Optional<RunId> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String date = matcher.group("date");
    String clock = matcher.group("clock");
    try {
      Instant requested =
          Instant.parse(
              "%s-%s-%sT%s:%s:%s.%sZ"
                  .formatted(
                      date.substring(0, 4),
                      date.substring(4, 6),
                      date.substring(6),
                      clock.substring(0, 2),
                      clock.substring(2, 4),
                      clock.substring(4),
                      matcher.group("millis")));
      return Optional.of(new RunId(matcher.group("sync"), requested));
    } catch (DateTimeException e) {
      return Optional.empty(); // such as a thirteenth month
    }
  }

  /** The month that it is bundled with, in UTC. */
  public YearMonth month() {
    return YearMonth.from(requested.atZone(ZoneOffset.UTC));
  }

  @Override
  public int compareTo(RunId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return TIME.format(requested) + "-" + sync;
  }
}

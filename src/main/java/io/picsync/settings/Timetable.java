package io.picsync.settings;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is so at which hours of the week, by the clock of a time zone: an hour that comes twice when
 * summer time ends counts twice, one that is left out never. Immutable.
 */
public final class Timetable<T> {
  private static final int A_WEEK_AND_A_DAY = 8;

  private final List<Entry<T>> entries;
  private final T otherwise;
  private final ZoneId zone;

  private record Entry<T>(Hours hours, T value) {}

  private Timetable(List<Entry<T>> entries, T otherwise, ZoneId zone) {
    this.entries = List.copyOf(entries);
    this.otherwise = otherwise;
    this.zone = zone;
  }

  /** The same at all hours. */
  public static <T> Timetable<T> always(T value) {
    return new Timetable<>(List.of(), value, ZoneId.of("UTC"));
  }

  /**
   * Hours that are meant and others that are not: {@code Mon-Fri 08:00-18:00, Sat 09:00-12:00}.
   *
   * @param key as messages name it
   * @param text null for none
   */
  public static Timetable<Boolean> hours(String key, @Nullable String text, ZoneId zone) {
    List<Entry<Boolean>> entries = new ArrayList<>();
    for (String part : text == null ? new String[0] : text.split(",", -1)) {
      Hours.WithText hours = Hours.parse(key, part);
      if (!hours.text().isEmpty()) {
        throw new SettingsException(
            "%s: '%s': nothing is wanted behind the hours; the next ones follow a comma."
                .formatted(key, part.strip()));
      }
      entries.add(new Entry<>(hours.hours(), true));
    }
    return new Timetable<>(entries, false, zone);
  }

  /**
   * Hours with a value each, the first that fits counts: {@code Mon-Fri 08:00-18:00 2MB/s,
   * otherwise unlimited}; or one value alone.
   *
   * @param key as messages name it
   */
  public static <T> Timetable<T> of(
      String key, String text, ZoneId zone, Function<String, T> value) {
    String[] parts = text.split(",", -1);
    if (parts.length == 1 && !text.contains(":")) {
      return always(value.apply(text));
    }
    List<Entry<T>> entries = new ArrayList<>();
    for (String part : List.of(parts).subList(0, parts.length - 1)) {
      Hours.WithText hours = Hours.parse(key, part);
      entries.add(new Entry<>(hours.hours(), value.apply(hours.text())));
    }
    String last = parts[parts.length - 1].strip();
    if (!last.startsWith("otherwise ")) {
      throw new SettingsException(
          "%s=%s: a timetable ends with what is so at all other hours: …, otherwise unlimited."
              .formatted(key, text));
    }
    return new Timetable<>(entries, value.apply(last.substring("otherwise ".length())), zone);
  }

  public T at(Instant time) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    return entries.stream()
        .filter(entry -> entry.hours().contains(local))
        .findFirst()
        .map(Entry::value)
        .orElse(otherwise);
  }

  /** The first moment after that one at which something else is so; empty for never. */
  public Optional<Instant> nextChange(Instant time) {
    T now = at(time);
    return edges(time).filter(edge -> edge.isAfter(time) && !at(edge).equals(now)).findFirst();
  }

  /** Where something may change within a week, in order. */
  private Stream<Instant> edges(Instant time) {
    LocalDateTime today = LocalDateTime.ofInstant(time, zone).truncatedTo(ChronoUnit.DAYS);
    Stream<Instant> byTheClock =
        LongStream.rangeClosed(-1, A_WEEK_AND_A_DAY)
            .mapToObj(today::plusDays)
            .flatMap(day -> entries.stream().flatMap(entry -> entry.hours().edges(day)))
            .flatMap(edge -> zone.getRules().getValidOffsets(edge).stream().map(edge::toInstant));
    ZoneOffsetTransition transition = zone.getRules().nextTransition(time);
    return Stream.concat(
            byTheClock, Stream.ofNullable(transition).map(ZoneOffsetTransition::getInstant))
        .sorted();
  }
}

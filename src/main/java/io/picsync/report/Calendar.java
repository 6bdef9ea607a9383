package io.picsync.report;

import io.picsync.compare.CaptureDay;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The days of a sync's pictures, as the last run that compared found and left them. Immutable.
 *
 * @param asOf when that run had compared, ISO-8601 in UTC
 */
public record Calendar(
    String run,
    String asOf,
    Optional<OldestMissing> oldestMissing,
    NavigableMap<LocalDate, CaptureDay> days) {
  public Calendar {
    days = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(days));
  }
}

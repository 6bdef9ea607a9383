package io.picsync.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.picsync.compare.CaptureDay;
import io.picsync.report.Calendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What of a camera's days was captured, is missing, and was never captured. The usual interval and
 * the usual hours of a day are the medians of the days around it, so a winter's short days and a
 * changed interval are not taken for gaps; nor is the hour that a day lacks in spring. Immutable.
 */
final class GapCalendar {
  /** Recorded days on either side that tell what is usual. */
  private static final int AROUND = 7;

  private static final int DAY = 86_400;

  /** A camera that begins or ends its day less than this off the usual is on time. */
  private static final int SLACK_SECONDS = 600;

  /** A day with an interval so many times the usual one lost pictures regularly. */
  private static final double SPARSE = 1.5;

  private final NavigableMap<LocalDate, CaptureDay> days;
  private final ZoneId zone;
  private final LocalDate end;

  /**
   * @param zone of the camera
   */
  GapCalendar(Calendar calendar, ZoneId zone) {
    this.days = calendar.days();
    this.zone = zone;
    LocalDate newest = days.isEmpty() ? LocalDate.EPOCH : days.lastKey();
    // whole days that have passed since the newest picture; a clock may be off by years
    LocalDate whole =
        calendar.asOf().isEmpty()
            ? newest
            : Instant.parse(calendar.asOf()).atZone(zone).toLocalDate().minusDays(1);
    this.end = whole.isAfter(newest) && whole.isBefore(newest.plusDays(366)) ? whole : newest;
  }

  LocalDate first() {
    return days.firstKey();
  }

  /** The newest day that anything is known of. */
  LocalDate last() {
    return end;
  }

  /** Writes the days from {@code from} to {@code to}, both included. */
  void write(LocalDate from, LocalDate to, ArrayNode json) {
    LocalDate last = to.isAfter(end) ? end : to;
    LocalDate day = from.isBefore(first()) ? first() : from;
    for (; !day.isAfter(last); day = day.plusDays(1)) {
      write(day, json.addObject());
    }
  }

  /** The usual interval over some days; 0 where there is none to tell. */
  int interval(LocalDate from, LocalDate to) {
    return from.isAfter(to)
        ? 0
        : median(days.subMap(from, true, to, true).values(), CaptureDay::interval, true);
  }

  private void write(LocalDate day, ObjectNode json) {
    Usual usual = usual(day);
    CaptureDay of = days.get(day);
    int captured = of == null ? 0 : of.captured();
    int missing = of == null ? 0 : of.missing();
    int never = of == null ? usual.expected(lacking(day, usual)) : never(day, of, usual);
    json.put("day", day.toString());
    json.put("state", state(captured, missing, never));
    json.put("captured", captured);
    json.put("missing", missing);
    json.put("neverCaptured", never);
    if (usual.interval() > 0) {
      json.put("expected", captured + never);
      json.put("intervalSeconds", usual.interval());
    }
  }

  private static String state(int captured, int missing, int never) {
    if (missing > 0) {
      return "missing";
    }
    if (captured == 0) {
      return "never";
    }
    return never > 0 ? "gaps" : "captured";
  }

  private int never(LocalDate day, CaptureDay of, Usual usual) {
    if (usual.interval() == 0 || of.first() > of.last()) {
      return 0;
    }
    int lacking = lacking(day, new Usual(usual.interval(), of.first(), of.last()));
    int within = of.holes();
    if (of.interval() >= usual.interval() * SPARSE || of.interval() == 0) {
      within = usual.slots(of.last() - of.first() - lacking) - of.captured();
    } else if (lacking > 0) {
      within -= Math.round((float) lacking / usual.interval());
    }
    int before =
        of.first() - usual.first() > SLACK_SECONDS
            ? (of.first() - usual.first() - lacking(day, new Usual(1, usual.first(), of.first())))
                / usual.interval()
            : 0;
    boolean mayGoOn = day.equals(days.lastKey());
    int after =
        !mayGoOn && usual.last() - of.last() > SLACK_SECONDS
            ? (usual.last() - of.last() - lacking(day, new Usual(1, of.last(), usual.last())))
                / usual.interval()
            : 0;
    return Math.max(0, within) + Math.max(0, before) + Math.max(0, after);
  }

  /** Seconds between the usual first and last that the day does not have: clocks go forward. */
  private int lacking(LocalDate day, Usual usual) {
    ZoneOffsetTransition change =
        zone.getRules()
            .nextTransition(day.atStartOfDay(ZoneId.of("UTC")).toInstant().minusSeconds(DAY));
    while (change != null && change.getDateTimeBefore().toLocalDate().isBefore(day)) {
      change = zone.getRules().nextTransition(change.getInstant());
    }
    if (change == null
        || !change.isGap()
        || !change.getDateTimeBefore().toLocalDate().equals(day)) {
      return 0;
    }
    int from = change.getDateTimeBefore().toLocalTime().toSecondOfDay();
    int to = from + (int) change.getDuration().toSeconds();
    return Math.max(0, Math.min(to, usual.last()) - Math.max(from, usual.first()));
  }

  /**
   * What the camera usually does around a day.
   *
   * @param interval seconds between captures, 0 where there is none to tell
   * @param first second of a day's first capture; of its last
   */
  private record Usual(int interval, int first, int last) {
    int slots(int seconds) {
      return interval == 0 || seconds < 0 ? 0 : seconds / interval + 1;
    }

    int expected(int lacking) {
      return slots(last - first - lacking);
    }
  }

  private Usual usual(LocalDate day) {
    NavigableMap<LocalDate, CaptureDay> around = new TreeMap<>();
    days.headMap(day, false).descendingMap().entrySet().stream()
        .limit(AROUND)
        .forEach(entry -> around.put(entry.getKey(), entry.getValue()));
    days.tailMap(day, true).entrySet().stream()
        .limit(AROUND + 1L)
        .forEach(entry -> around.put(entry.getKey(), entry.getValue()));
    Collection<CaptureDay> timed =
        around.values().stream().filter(of -> of.first() <= of.last()).toList();
    return new Usual(
        median(timed, CaptureDay::interval, true),
        median(timed, CaptureDay::first, false),
        median(timed, CaptureDay::last, false));
  }

  private static int median(
      Collection<CaptureDay> days, ToIntFunction<CaptureDay> of, boolean known) {
    int[] sorted = days.stream().mapToInt(of).filter(value -> !known || value > 0).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}

package io.picsync.sync;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.settings.Timetable;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * When a sync runs by itself: by cron, at an interval, or never; not in its blackout hours.
 * Immutable.
 */
final class Schedule {
  /** A cron whose times are all in blackout hours for so many blackouts never runs. */
  private static final int MOST_BLACKOUTS = 1000;

  static final Schedule NEVER = new Schedule(null, null, Duration.ZERO, Timetable.always(false));

  private final @Nullable CronExpression cron;
  private final @Nullable Duration interval;
  private final Duration late;
  private final Timetable<Boolean> blackout;

  private Schedule(
      @Nullable CronExpression cron,
      @Nullable Duration interval,
      Duration late,
      Timetable<Boolean> blackout) {
    this.cron = cron;
    this.interval = interval;
    this.late = late;
    this.blackout = blackout;
  }

  /**
   * @param sync for messages
   * @param cron Quartz's six or seven fields, seconds first; in {@code zone}
   * @param interval a time span such as {@code 10m}, from start to start
   * @param zone an IANA time zone, null for the machine's own
   * @param jitter each sync runs later by its own part of this time span; always the same, so that
   *     its runs keep their distance
   * @param blackout hours, in {@code zone}
   */
  static Schedule of(
      String sync,
      @Nullable String cron,
      @Nullable String interval,
      @Nullable String zone,
      @Nullable String jitter,
      @Nullable String blackout) {
    if (cron != null && interval != null) {
      throw new SettingsException(
          "sync:%s has cron and interval; one of them is wanted.".formatted(sync));
    }
    if (cron == null && interval == null && (jitter != null || blackout != null)) {
      throw new SettingsException(
          "sync:%s has a %s without a cron or an interval; runs on demand are not bound by it."
              .formatted(sync, jitter == null ? "blackout" : "jitter"));
    }
    if (zone != null && cron == null && blackout == null) {
      throw new SettingsException(
          "sync:%s has a timeZone without a cron, a blackout or a bandwidth.".formatted(sync));
    }
    ZoneId clock =
        zone == null ? ZoneId.systemDefault() : Settings.zone("sync:" + sync + "?timeZone", zone);
    return new Schedule(
        cron == null ? null : cron(sync, cron, clock),
        interval == null ? null : interval(sync, interval),
        jitter == null ? Duration.ZERO : late(sync, jitter),
        Timetable.hours("sync:" + sync + "?blackout", blackout, clock));
  }

  private static Duration interval(String sync, String text) {
    Duration span = Settings.duration("sync:" + sync + "?interval", text);
    if (span.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new SettingsException(
          "sync:%s?interval=%s: at least 1s is wanted.".formatted(sync, text));
    }
    return span;
  }

  private static Duration late(String sync, String jitter) {
    Duration most = Settings.duration("sync:" + sync + "?jitter", jitter);
    double part = new SplittableRandom(sync.hashCode()).nextDouble();
    return Duration.ofMillis((long) (most.toMillis() * part));
  }

  private static CronExpression cron(String sync, String text, ZoneId zone) {
    try {
      CronExpression cron = new CronExpression(text);
      cron.setTimeZone(TimeZone.getTimeZone(zone));
      return cron;
    } catch (ParseException e) {
      throw new SettingsException(
          "sync:%s?cron=%s is no cron expression: %s. Six fields are wanted, such as '0 0/10 * * * ?' for every ten minutes."
              .formatted(sync, text, String.valueOf(e.getMessage()).replaceFirst("\\.$", "")),
          e);
    }
  }

  /**
   * The first run after the runtime started, or after the route was changed.
   *
   * @param last when the last run began, null where none did
   */
  Optional<Instant> first(Instant now, @Nullable Instant last) {
    if (interval == null) {
      return next(now);
    }
    Instant due = last == null ? now.plus(late) : last.plus(interval);
    return outsideBlackout(due.isBefore(now) ? now : due);
  }

  /** The run after the one that was due at {@code last}; empty when there is none. */
  Optional<Instant> next(Instant last) {
    if (interval != null) {
      return outsideBlackout(last.plus(interval));
    }
    Optional<Instant> due = due(last.minus(late));
    for (int i = 0; i < MOST_BLACKOUTS && due.isPresent(); i++) {
      Instant at = due.get().plus(late);
      Optional<Instant> end = outsideBlackout(at);
      if (end.equals(Optional.of(at))) {
        return end;
      }
      // the next due time at the blackout's end or after it
      due = end.flatMap(free -> due(free.minus(late).minusMillis(1)));
    }
    return Optional.empty();
  }

  /**
   * The next run when the clock was set back: a cron's by the clock as it is, and one at an
   * interval after as long as it was still to wait.
   */
  Optional<Instant> setBack(Instant now, Duration left) {
    return interval == null ? next(now) : outsideBlackout(now.plus(left));
  }

  /** By the cron alone. */
  private Optional<Instant> due(Instant after) {
    return cron == null
        ? Optional.empty()
        : Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
  }

  /** That time, or when the blackout that it falls into ends and this sync's delay is over. */
  private Optional<Instant> outsideBlackout(Instant time) {
    Instant at = time;
    for (int i = 0; i < MOST_BLACKOUTS; i++) {
      if (!blackout.at(at)) {
        return Optional.of(at);
      }
      Optional<Instant> end = blackout.nextChange(at);
      if (end.isEmpty()) {
        return Optional.empty();
      }
      at = cron == null ? end.get().plus(late) : end.get();
    }
    return Optional.empty();
  }

  /** Whether blackout hours take all times at which it would run. */
  boolean isAllBlackout(Instant now) {
    return first(now, null).isEmpty() && (interval != null || due(now).isPresent());
  }

  boolean isBlackout(Instant now) {
    return blackout.at(now);
  }

  /** When the next blackout begins; empty for never. */
  Optional<Instant> nextBlackout(Instant now) {
    Optional<Instant> change = blackout.nextChange(now);
    return blackout.at(now) ? change.flatMap(blackout::nextChange) : change;
  }
}

package io.picsync.sync;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/** When a sync runs by itself: by cron, at an interval, or never. Immutable. */
final class Schedule {
  private final @Nullable CronExpression cron;
  private final @Nullable Duration interval;

  private Schedule(@Nullable CronExpression cron, @Nullable Duration interval) {
    this.cron = cron;
    this.interval = interval;
  }

  /**
   * @param sync for messages
   * @param cron Quartz's six or seven fields, seconds first; in {@code zone}
   * @param interval a time span such as {@code 10m}, from start to start
   * @param zone an IANA time zone, null for the machine's own
   */
  static Schedule of(
      String sync, @Nullable String cron, @Nullable String interval, @Nullable String zone) {
    if (cron != null && interval != null) {
      throw new SettingsException(
          "sync:%s has cron and interval; one of them is wanted.".formatted(sync));
    }
    if (zone != null && cron == null) {
      throw new SettingsException("sync:%s has a timeZone without a cron.".formatted(sync));
    }
    if (interval != null) {
      Duration span = Settings.duration("sync:" + sync + "?interval", interval);
      if (span.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new SettingsException(
            "sync:%s?interval=%s: at least 1s is wanted.".formatted(sync, interval));
      }
      return new Schedule(null, span);
    }
    return new Schedule(cron == null ? null : cron(sync, cron, zone), null);
  }

  private static CronExpression cron(String sync, String text, @Nullable String zone) {
    try {
      CronExpression cron = new CronExpression(text);
      cron.setTimeZone(
          zone == null ? TimeZone.getDefault() : TimeZone.getTimeZone(ZoneId.of(zone)));
      return cron;
    } catch (ParseException e) {
      throw new SettingsException(
          "sync:%s?cron=%s is no cron expression: %s. Six fields are wanted, such as '0 0/10 * * * ?' for every ten minutes."
              .formatted(sync, text, e.getMessage()),
          e);
    } catch (DateTimeException e) {
      throw new SettingsException(
          "sync:%s?timeZone=%s is no time zone; one such as Europe/Zurich is wanted."
              .formatted(sync, zone),
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
    Instant due = last == null ? now : last.plus(interval);
    return Optional.of(due.isBefore(now) ? now : due);
  }

  /** The run after the one that was due at {@code last}; empty when there is none. */
  Optional<Instant> next(Instant last) {
    if (interval != null) {
      return Optional.of(last.plus(interval));
    }
    return cron == null
        ? Optional.empty()
        : Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(last))).map(Date::toInstant);
  }
}

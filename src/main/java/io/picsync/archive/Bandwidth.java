package io.picsync.archive;

import io.github.bucket4j.TimeMeter;
import io.picsync.settings.Rate;
import io.picsync.settings.Timetable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The most bytes of pictures a second that a server or a sync moves, each way by itself: fetched,
 * and stored. By a timetable, until {@link #set} says otherwise. Thread-safe.
 */
public final class Bandwidth {
  private Timetable<Rate> timetable;
  private final InstantSource clock;
  private final Throttle fetched;
  private final Throttle stored;
  private @Nullable Rate override;
  private Rate current;
  private Instant until = Instant.MIN;

  public Bandwidth(Timetable<Rate> timetable, InstantSource clock) {
    this(timetable, clock, TimeMeter.SYSTEM_NANOTIME);
  }

  Bandwidth(Timetable<Rate> timetable, InstantSource clock, TimeMeter time) {
    this.timetable = timetable;
    this.clock = clock;
    this.fetched = new Throttle(time);
    this.stored = new Throttle(time);
    this.current = timetable.at(clock.instant());
  }

  public static Bandwidth unlimited() {
    return new Bandwidth(Timetable.always(Rate.UNLIMITED), InstantSource.system());
  }

  /** What holds at this moment. */
  public synchronized Rate now() {
    if (override != null) {
      return override;
    }
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      current = timetable.at(now);
      until = timetable.nextChange(now).orElse(Instant.MAX);
    }
    return current;
  }

  /**
   * Holds from now on in the place of the timetable.
   *
   * @param rate empty for the timetable again
   */
  public synchronized void set(Optional<Rate> rate) {
    override = rate.orElse(null);
  }

  /** Another timetable holds from now on, also in the place of what {@link #set} said. */
  synchronized void follow(Timetable<Rate> other) {
    timetable = other;
    override = null;
    until = Instant.MIN;
  }

  /** Whether {@link #set} replaces the timetable. */
  public synchronized boolean isSet() {
    return override != null;
  }

  long takeFetched(int bytes) {
    return fetched.take(bytes, now());
  }

  long takeStored(int bytes) {
    return stored.take(bytes, now());
  }
}

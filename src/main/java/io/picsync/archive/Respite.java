package io.picsync.archive;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long something that a server failed at is not asked of it again: ten minutes at first, then
 * four times as long each time, at most a day. So a server that was busy, or is mended, is used in
 * full again without a restart. Thread-safe.
 */
public final class Respite {
  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int GROWTH = 4;

  private final LongSupplier nanoTime;
  private Duration next = FIRST;
  private boolean begun;
  private long end;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  public Respite(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether it may be asked: true until the first failure. */
  public synchronized boolean isOver() {
    return !begun || nanoTime.getAsLong() - end >= 0;
  }

  /**
   * It failed.
   *
   * @return how long it is not to be asked now
   */
  public synchronized Duration begin() {
    Duration length = next;
    begun = true;
    end = nanoTime.getAsLong() + length.toNanos();
    Duration longer = length.multipliedBy(GROWTH);
    next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    return length;
  }
}

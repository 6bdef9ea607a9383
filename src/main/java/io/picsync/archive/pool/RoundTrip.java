package io.picsync.archive.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a server takes for one reply, smoothed over about eight of them (as RFC 6298 does for
 * TCP). Thread-safe.
 */
public final class RoundTrip {
  private static final int PARTS = 8;

  private final AtomicLong smoothed = new AtomicLong();

  public void took(long nanos) {
    smoothed.accumulateAndGet(nanos, (old, took) -> old == 0 ? took : old + (took - old) / PARTS);
  }

  /** Zero before the first. */
  public Duration smoothed() {
    return Duration.ofNanos(smoothed.get());
  }
}

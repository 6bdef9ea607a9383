package io.picsync.archive.pool;

import io.picsync.archive.CancelledException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Spaces attempts to connect to a server that refused the last ones: often it only needs a moment
 * to notice that a broken connection of ours is gone. Thread-safe.
 */
final class Pace {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int DOUBLINGS = 5;

  private int refusals;
  private long next = System.nanoTime();

  /** Waits until the next attempt is due. */
  void await(Lease<?> call) throws CancelledException {
    for (Duration left = left(); !left.isNegative() && !left.isZero(); left = left()) {
      if (call.cancelled().getAsBoolean() || call.ended() != null) {
        throw new CancelledException("Stopped on request.");
      }
      try {
        Thread.sleep(Math.min(left.toMillis() + 1, FIRST.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("Interrupted while waiting to connect.", e);
      }
    }
  }

  private synchronized Duration left() {
    return Duration.ofNanos(next - System.nanoTime());
  }

  synchronized void refused() {
    Duration pause = FIRST.multipliedBy(1L << Math.min(refusals++, DOUBLINGS));
    double jitter = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    next = System.nanoTime() + (long) (Math.min(pause.toNanos(), LONGEST.toNanos()) * jitter);
  }

  synchronized void opened() {
    refusals = 0;
  }
}

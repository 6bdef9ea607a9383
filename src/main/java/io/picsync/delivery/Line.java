package io.picsync.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether reports of one sync wait for the endpoint, whether somebody is bringing them, and when an
 * endpoint that refused one is asked again. Thread-safe.
 */
final class Line {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** Instead of a number of reports: somebody else brings them. */
  static final long BUSY = -1;

  private boolean busy;
  private boolean waiting = true; // until somebody looked
  private long stored;
  private String refusal = "";
  private Duration pause = Duration.ZERO;
  private Instant next = Instant.MIN;

  /** Whether the reports are to be tried now. */
  synchronized boolean isDue(Instant now) {
    return waiting && !busy && !now.isBefore(next);
  }

  /** A run stored a report. */
  synchronized void stored() {
    waiting = true;
    stored++;
  }

  /**
   * Keeps others out until {@link #leave}.
   *
   * @return how many reports were stored until now, or {@link #BUSY} while another one is in
   */
  synchronized long enter() {
    if (busy) {
      return BUSY;
    }
    busy = true;
    return stored;
  }

  synchronized void leave() {
    busy = false;
  }

  /**
   * All that was there has been brought.
   *
   * @param before what {@link #enter} said: what was stored since then waits
   */
  synchronized void leaveEmpty(long before) {
    busy = false;
    if (stored == before) {
      waiting = false;
    }
  }

  /**
   * The endpoint is asked again after a pause, a longer one each time.
   *
   * @return whether it took reports until now
   */
  synchronized boolean refused(String why, Instant now) {
    boolean first = refusal.isEmpty();
    refusal = why;
    Duration longer = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    next = now.plus(pause);
    return first;
  }

  /**
   * @return whether it refused them until now
   */
  synchronized boolean taken() {
    boolean recovered = !refusal.isEmpty();
    refusal = "";
    pause = Duration.ZERO;
    next = Instant.MIN;
    return recovered;
  }

  /** Why the last report was not taken; empty when it was. */
  synchronized String refusal() {
    return refusal;
  }
}

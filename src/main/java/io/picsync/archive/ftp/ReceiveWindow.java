package io.picsync.archive.ftp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a server may send ahead of what is read. Left to itself, the operating system begins
 * each data connection with a small receive buffer and lets it grow with the round trips that it
 * sees, which are too short to be told apart beside a near server: that one waits, and is woken,
 * for each part of a picture. A buffer that was set doesn't grow any more, and Linux allows no more
 * than {@code net.core.rmem_max}: over a distance it would be too small. Thread-safe.
 */
final class ReceiveWindow {
  /** Within a data centre; {@link #NEAR_BYTES} in that time are 16 Gbit/s. */
  private static final Duration NEAR = Duration.ofMillis(1);

  static final int NEAR_BYTES = 2 * 1024 * 1024;

  private final AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);

  /**
   * Connecting takes one round trip, and the server's program no part in it.
   *
   * @param nanos that it took
   */
  void connected(long nanos) {
    shortest.accumulateAndGet(nanos, Math::min);
  }

  /** The receive buffer of the next data connection in bytes; 0 leaves it to the system. */
  int bytes() {
    return shortest.get() < NEAR.toNanos() ? NEAR_BYTES : 0;
  }
}

package io.picsync.archive.pool;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A logged-in connection to a server, as a pool needs it. One thread at a time, but for {@link
 * #abort} and {@link #endIfStalled}.
 */
public interface Connection extends AutoCloseable {
  /** Whether another call may use it: nothing broke, and no reply is outstanding. */
  boolean isReusable();

  /** Asks the server for a sign of life; waits for it some seconds at most. */
  boolean answers();

  /**
   * Ends it for a thread that waits for the server. Any thread may call this, and it never waits.
   */
  void abort();

  /** What was found out of the server, for people: {@code mlsd=true}. Any thread. */
  default Map<String, String> learned() {
    return Map.of();
  }

  /** How long the server takes for one reply, smoothed; zero while unknown. Any thread. */
  default Duration latency() {
    return Duration.ZERO;
  }

  /**
   * Ends it when the server takes no bytes for too long; asked every half second by another thread,
   * while it is in use. For connections whose writing has no timeout of its own.
   */
  default void endIfStalled() {}

  /**
   * Tells from now on how long the server took to answer a command of a few bytes, in nanoseconds.
   */
  default void tellLatency(LongConsumer answered) {}

  /** Ends it without waiting for the server's goodbye. */
  @Override
  void close();
}

package io.picsync.archive.file;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets as many threads list folders of this machine at once as it has processors: more of them are
 * no faster, and whoever asks for a report would wait behind all. A folder that takes its time, on
 * a network's or a sleeping disk, holds nobody up for longer than a moment. Thread-safe.
 */
final class Processors {
  /** Of this machine, for all servers that are folders. */
  static final Processors OF_THIS_MACHINE =
      new Processors(Runtime.getRuntime().availableProcessors(), Duration.ofMillis(50));

  private final Semaphore free;
  private final Duration patience;

  /**
   * @param patience who has waited for so long goes ahead
   */
  Processors(int count, Duration patience) {
    this.free = new Semaphore(count, true);
    this.patience = patience;
  }

  /**
   * Waits for its turn.
   *
   * @return to be closed when the work is done
   */
  Turn take() {
    boolean taken = false;
    try {
      taken = free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the work itself looks whether it is cancelled
    }
    return taken ? free::release : () -> {};
  }

  /** Turns that nobody has now. */
  int free() {
    return free.availablePermits();
  }

  /** Until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}

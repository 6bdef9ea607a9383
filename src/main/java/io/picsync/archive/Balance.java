package io.picsync.archive;

import java.util.function.BooleanSupplier;

/**
 * Lets half of a run's pictures come in at once where a bandwidth bounds them. Let in together,
 * they would share it, have come in together, and then go out together: first the one way would lie
 * idle, then the other, and half of the bandwidth be used. Thread-safe.
 */
public final class Balance {
  private static final long LOOK_MILLIS = 100;

  private int here;
  private int fetching;

  /**
   * A picture begins its way in; waits while half of those that are here do so.
   *
   * @param bounded asked again and again, since bandwidths change
   */
  synchronized void beginFetch(BooleanSupplier bounded, BooleanSupplier cancelled)
      throws CancelledException {
    here++;
    try {
      while (bounded.getAsBoolean() && fetching >= (here + 1) / 2 && !cancelled.getAsBoolean()) {
        wait(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      here--;
      Thread.currentThread().interrupt();
      throw new CancelledException("Interrupted while it waited.");
    }
    fetching++;
  }

  synchronized void endFetch() {
    here--;
    fetching--;
    notifyAll();
  }

  synchronized void beginStore() {
    here++;
    notifyAll();
  }

  synchronized void endStore() {
    here--;
    notifyAll();
  }
}

package io.picsync.sync;

import io.picsync.archive.Balance;
import io.picsync.archive.Bandwidth;
import io.picsync.archive.Traffic;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the work of a run flows: it stands still while the run is paused, and until it is its
 * turn among the runs that may be under way at once. Thread-safe.
 */
final class RunFlow implements Traffic {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Run run;
  private final Bandwidth bandwidth;
  private final Places.@Nullable Place place;
  private final Balance balance = new Balance();
  private boolean paused;
  private long pausedAt;

  /**
   * @param bandwidth of its sync
   * @param place in line for its turn; null for none
   */
  RunFlow(Run run, Bandwidth bandwidth, Places.@Nullable Place place) {
    this.run = run;
    this.bandwidth = bandwidth;
    this.place = place;
  }

  /** A run that was cancelled is not paused any more. */
  synchronized void pause() {
    if (!paused) {
      pausedAt = System.nanoTime();
    }
    paused = !run.cancelled();
  }

  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /** Who waits looks again: a run that ends waits for no resume. */
  synchronized void wake() {
    notifyAll();
  }

  @Override
  public synchronized boolean paused() {
    return paused;
  }

  @Override
  public synchronized Duration pausedFor() {
    return paused ? Duration.ofNanos(System.nanoTime() - pausedAt) : Duration.ZERO;
  }

  @Override
  public Bandwidth bandwidth() {
    return bandwidth;
  }

  @Override
  public Balance balance() {
    return balance;
  }

  boolean waiting() {
    return place != null && !place.isHeld();
  }

  void givePlace() {
    if (place != null) {
      place.give();
    }
  }

  /** Waits until the run is not paused, and it is its turn, or it has ended. */
  void await() throws InterruptedException {
    do {
      awaitResume();
    } while (!run.ended() && !awaitTurn());
  }

  private void awaitResume() throws InterruptedException {
    if (paused()) {
      givePlace();
    }
    synchronized (this) {
      while (paused && !run.ended()) {
        wait();
      }
    }
  }

  /**
   * @return false when it was paused or ended meanwhile
   */
  private boolean awaitTurn() throws InterruptedException {
    if (place == null) {
      return true;
    }
    if (place.isTurnOver()) {
      LOG.info("Others wait: the run gives its place to them and queues again. run={}", run.id());
      place.give();
    }
    return place.take(() -> paused() || run.ended());
  }

  @Override
  public boolean resumedWithin(Duration longest) {
    try {
      return resumed(longest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.cancel("Interrupted while paused.");
      return true;
    }
  }

  private boolean resumed(Duration longest) throws InterruptedException {
    if (paused()) {
      givePlace();
    }
    long until = System.nanoTime() + longest.toNanos();
    synchronized (this) {
      for (long left = longest.toMillis();
          paused && left > 0;
          left = (until - System.nanoTime()) / 1_000_000) {
        wait(left);
      }
      return !paused;
    }
  }
}

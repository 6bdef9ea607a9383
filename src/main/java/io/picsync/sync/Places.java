package io.picsync.sync;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * As many places as runs may be under way at once. Who waits for one is served strictly in turn; a
 * run that has had its place for longer than a turn is to give it back while others wait, and to
 * queue again. Thread-safe.
 */
final class Places {
  private static final long LOOK_MILLIS = 200;

  private int places;
  private Duration turn;
  private final LongSupplier nanoTime;
  private final Deque<Place> line = new ArrayDeque<>();
  private int free;

  /**
   * @param turn how long one may be kept while others wait
   */
  Places(int places, Duration turn, LongSupplier nanoTime) {
    this.places = places;
    this.free = places;
    this.turn = turn;
    this.nanoTime = nanoTime;
  }

  /** Other bounds from now on; a place that is had beyond them is not taken away. */
  synchronized void limit(int most, Duration longest) {
    free += most - places;
    places = most;
    turn = longest;
    notifyAll();
  }

  /** A place at the end of the line. */
  Place queue() {
    Place place = new Place();
    place.queue();
    return place;
  }

  /** One run's place, had or waited for. Any thread of the run may call its methods. */
  final class Place {
    private boolean held;
    private long since;

    /** Takes a place in the line, unless it has one. */
    private void queue() {
      synchronized (Places.this) {
        if (!held && !line.contains(this)) {
          line.addLast(this);
        }
      }
    }

    /**
     * Waits for its turn.
     *
     * @param givenUp asked now and then; true ends the waiting
     * @return whether the place is had
     */
    boolean take(BooleanSupplier givenUp) throws InterruptedException {
      synchronized (Places.this) {
        queue();
        try {
          while (!held) {
            if (free > 0 && line.peekFirst() == this) {
              line.removeFirst();
              free--;
              held = true;
              since = nanoTime.getAsLong();
            } else if (givenUp.getAsBoolean()) {
              return false;
            } else {
              Places.this.wait(LOOK_MILLIS);
            }
          }
          return true;
        } finally {
          if (!held) {
            line.remove(this);
          }
          Places.this.notifyAll();
        }
      }
    }

    /** Gives it to the next in line; nothing happens to one that is not had. */
    void give() {
      synchronized (Places.this) {
        line.remove(this);
        if (held) {
          held = false;
          free++;
          Places.this.notifyAll();
        }
      }
    }

    boolean isHeld() {
      synchronized (Places.this) {
        return held;
      }
    }

    /** Whether it was had for a whole turn and others wait. */
    boolean isTurnOver() {
      synchronized (Places.this) {
        return held && !line.isEmpty() && nanoTime.getAsLong() - since > turn.toNanos();
      }
    }
  }
}

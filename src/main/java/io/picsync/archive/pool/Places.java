package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The threads that wait for a connection, served strictly in turn, and how many may have one at
 * once. A {@code Semaphore} can't do it: a thread that looks up to see whether it was cancelled
 * would lose its place there. Thread-safe.
 */
final class Places {
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(500);

  private final String server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Condition> waiting = new ArrayDeque<>();
  private int limit;
  private int taken;
  private boolean closed;

  Places(String server, int limit) {
    this.server = server;
    this.limit = limit;
  }

  /**
   * Waits for a place; each one taken is to be given back.
   *
   * @param first ahead of all others: for a thread whose turn it was already
   * @return false when none came free in time
   * @throws CancelledException when the call was cancelled meanwhile
   * @throws UnavailableException when they were closed
   */
  boolean take(boolean first, BooleanSupplier cancelled, Duration longest) throws ArchiveException {
    lock.lock();
    try {
      if (!closed && taken < limit && (first || waiting.isEmpty())) {
        taken++;
        return true;
      }
      return queue(first, cancelled, System.nanoTime() + longest.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "Interrupted while waiting for a connection to server %s.".formatted(server), e);
    } finally {
      lock.unlock();
    }
  }

  private boolean queue(boolean first, BooleanSupplier cancelled, long until)
      throws InterruptedException, ArchiveException {
    Condition turn = lock.newCondition();
    if (first) {
      waiting.addFirst(turn);
    } else {
      waiting.addLast(turn);
    }
    try {
      while (closed || taken >= limit || waiting.peekFirst() != turn) {
        if (closed) {
          throw closed(server);
        }
        if (cancelled.getAsBoolean()) {
          throw new CancelledException("Stopped on request.");
        }
        if (until - System.nanoTime() <= 0) {
          return false;
        }
        turn.awaitNanos(LOOK);
      }
      taken++;
      return true;
    } finally {
      waiting.remove(turn);
      wakeFirst();
    }
  }

  void give() {
    lock.lock();
    try {
      taken--;
      wakeFirst();
    } finally {
      lock.unlock();
    }
  }

  private void wakeFirst() {
    Condition first = waiting.peekFirst();
    if (first != null && taken < limit) {
      first.signal();
    }
  }

  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Those who have a place already keep it. */
  void limit(int places) {
    lock.lock();
    try {
      limit = places;
      wakeFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Sends all away who wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(Condition::signal);
    } finally {
      lock.unlock();
    }
  }

  static UnavailableException closed(String server) {
    return new UnavailableException(
        "Server %s is closed, because picsync stops.".formatted(server));
  }
}

package io.picsync.archive.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections that nobody uses now. Servers close idle ones, so one that idled for some time is
 * asked for a sign of life before it is trusted with work. Thread-safe.
 */
final class IdleConnections<C extends Connection> {
  private static final Duration ASK_AFTER = Duration.ofSeconds(15);
  private static final Duration CLOSE_AFTER = Duration.ofMinutes(1);

  private final OpenConnections<C> open;
  private final Deque<Idle<C>> idle = new ArrayDeque<>();
  private boolean closed;

  private record Idle<C>(C connection, long since) {
    boolean longerThan(Duration time) {
      return System.nanoTime() - since > time.toNanos();
    }
  }

  /**
   * @param open what is dropped here is told
   */
  IdleConnections(OpenConnections<C> open) {
    this.open = open;
  }

  /**
   * Takes one that works, the one used last, so that those that are not needed grow old.
   *
   * @return null when there is none
   */
  @Nullable C take(Lease<C> lease) {
    for (Idle<C> next = next(); next != null; next = next()) {
      lease.has(next.connection());
      if (!next.longerThan(ASK_AFTER) || next.connection().answers()) {
        return next.connection();
      }
      open.drop(next.connection());
    }
    return null;
  }

  private synchronized @Nullable Idle<C> next() {
    return idle.pollFirst();
  }

  /** One that may be used again; dropped when all are closed. */
  void add(C connection) {
    synchronized (this) {
      if (!closed) {
        idle.addFirst(new Idle<>(connection, System.nanoTime()));
        return;
      }
    }
    open.drop(connection);
  }

  synchronized int count() {
    return idle.size();
  }

  /** Those that nobody used for long. */
  void dropOld() {
    old().forEach(open::drop);
  }

  private synchronized List<C> old() {
    List<C> old = new ArrayList<>();
    while (!idle.isEmpty() && (closed || idle.peekLast().longerThan(CLOSE_AFTER))) {
      old.add(idle.pollLast().connection());
    }
    return old;
  }

  /** Drops all, and those that come later. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    dropOld();
  }
}

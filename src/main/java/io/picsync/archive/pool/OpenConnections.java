package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens connections to one server, and knows how many are open and being opened. Thread-safe. */
final class OpenConnections<C extends Connection> {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Connector<C> connector;
  private final Limit limit;
  private final BackOff backOff;
  private final Pace pace = new Pace();
  private int opening;
  private int open;
  private @Nullable C latest;

  /**
   * @param limit is told how many are open whenever one more is
   * @param backOff is told how long the server takes to answer
   */
  OpenConnections(Connector<C> connector, Limit limit, BackOff backOff) {
    this.connector = connector;
    this.limit = limit;
    this.backOff = backOff;
  }

  /** Opens one more for this call, in its turn after a refusal. */
  C connect(Lease<C> lease) throws ArchiveException {
    pace.await(lease);
    synchronized (this) {
      opening++;
    }
    C connection = null;
    try {
      connection = connector.connect(lease::abortBy);
      connection.tellLatency(backOff::answered);
      lease.has(connection);
      pace.opened();
      return connection;
    } finally {
      synchronized (this) {
        opening--;
        open += connection == null ? 0 : 1;
        latest = connection == null ? latest : connection;
        limit.taken(open);
        notifyAll();
      }
    }
  }

  /** The next attempt waits a little. */
  void refused() {
    pace.refused();
  }

  /**
   * Those open or being opened besides the one that was refused. Zero when none is open: of several
   * that connect at once to a server that takes one, the end of the others is waited for.
   */
  synchronized int besides(Lease<C> refused) {
    try {
      while (open == 0 && opening > 0 && refused.ended() == null) {
        wait(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
    return open == 0 || refused.ended() != null ? 0 : open + opening;
  }

  void drop(C connection) {
    synchronized (this) {
      open--;
    }
    connection.close();
  }

  /** The one opened last, also when it is closed: what it learned stands. */
  synchronized @Nullable C latest() {
    return latest;
  }

  /** In use and idle. */
  synchronized int count() {
    return open;
  }
}

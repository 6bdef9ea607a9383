package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.PassingException;
import io.picsync.archive.ServerState;
import io.picsync.archive.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to one server, under one limit for all syncs. Who waits is served in turn, so no
 * sync waits for another's backlog. A connection that broke is dropped; one that only heard "no" is
 * kept, asked for a sign of life before it is used again after some time, and closed when nobody
 * used it for a minute. Thread-safe.
 */
public final class ConnectionPool<C extends Connection> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final String server;
  private final Places places;
  private final Limit limit;
  private final Breaker breaker;
  private final OpenConnections<C> open;
  private final IdleConnections<C> idle;
  private final BackOff backOff;
  private final boolean backsOff;
  private final Set<Lease<C>> leases = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService watch;

  /** What a call does over its connection. */
  @FunctionalInterface
  public interface Work<C, T> {
    /**
     * @throws ArchiveException for what the server said
     * @throws IOException when the connection broke
     */
    T with(C connection) throws IOException;
  }

  /**
   * @param server as messages name it
   * @param connections the most at once
   */
  public ConnectionPool(String server, int connections, Connector<C> connector) {
    this(server, connections, true, connector);
  }

  /**
   * @param backsOff whether fewer are used at once while the server answers slowly
   */
  public ConnectionPool(String server, int connections, boolean backsOff, Connector<C> connector) {
    this.backsOff = backsOff;
    this.backOff = new BackOff(server, connections, System::nanoTime);
    this.server = server;
    this.places = new Places(server, connections);
    this.limit = new Limit(server, connections, places, System::nanoTime);
    this.open = new OpenConnections<>(connector, limit, backOff);
    this.idle = new IdleConnections<>(open);
    this.breaker = new Breaker(server, InstantSource.system(), System::nanoTime);
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "archive-watch-" + server);
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Does some work over a connection, waiting in line for one first.
   *
   * @param what for messages, as an infinitive: {@code list cam/20110714}
   * @param cancelled asked while waiting; a server that still keeps silent some seconds after it
   *     became true loses the connection
   * @throws CancelledException when it was cancelled; nothing begins when it was before
   * @throws PassingException when the connection broke, or none could be had now
   * @throws UnavailableException when the server can't be reached, refuses the login, or is given
   *     up for now because it failed again and again
   */
  public <T> T with(String what, BooleanSupplier cancelled, Work<C, T> work)
      throws ArchiveException {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException("Stopped on request.");
    }
    Lease<C> lease = new Lease<>(cancelled);
    leases.add(lease);
    try {
      breaker.enter(lease);
      return with(what, lease, work);
    } catch (ArchiveException e) {
      ArchiveException ended = lease.ended();
      if (ended != null && ended != e) {
        ended.addSuppressed(e);
        throw ended;
      }
      throw e;
    } finally {
      breaker.left(lease);
      leases.remove(lease);
    }
  }

  private <T> T with(String what, Lease<C> lease, Work<C, T> work) throws ArchiveException {
    C connection = take(what, lease);
    try {
      T result = work.with(connection);
      breaker.worked();
      return result;
    } catch (ArchiveException e) {
      if (connection.isReusable()) {
        breaker.worked();
      }
      throw e;
    } catch (IOException e) {
      PassingException told =
          new PassingException(
              "The connection to server %s broke while it should %s: %s."
                  .formatted(server, what, e),
              e);
      failed(lease, Failure.of(e), told);
      throw told;
    } finally {
      giveBack(lease, connection);
    }
  }

  private C take(String what, Lease<C> lease) throws ArchiveException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    boolean again = false;
    while (places.take(again, lease.cancelled(), Duration.ofNanos(until - System.nanoTime()))) {
      boolean taken = false;
      try {
        breaker.check(lease);
        C connection = idle.take(lease);
        connection = connection == null ? open(lease) : connection;
        if (connection != null) {
          taken = true;
          return connection;
        }
        again = true;
      } finally {
        if (!taken) {
          places.give();
        }
      }
    }
    throw new PassingException(
        "No connection to server %s came free within %s to %s. Allow more connections to it, or run fewer syncs at once."
            .formatted(server, PATIENCE, what));
  }

  /**
   * @return null when the server refused another one beside those that are open
   */
  private @Nullable C open(Lease<C> lease) throws ArchiveException {
    try {
      C connection = open.connect(lease);
      breaker.reached();
      return connection;
    } catch (PassingException | UnavailableException e) {
      int others = open.besides(lease);
      if (others == 0) {
        unopened(lease, e);
        throw e;
      }
      limit.refused(others, e);
      return null;
    }
  }

  private void unopened(Lease<C> lease, ArchiveException why) {
    if (why instanceof PassingException) {
      open.refused();
      failed(lease, Failure.REFUSED, why);
    } else {
      failed(lease, Failure.UNREACHABLE, why);
    }
  }

  /** What was ended from outside is no fault of the server. */
  private void failed(Lease<C> lease, Failure failure, ArchiveException told) {
    if (lease.ended() == null) {
      breaker.failed(lease, failure, told);
    }
  }

  private void giveBack(Lease<C> lease, C connection) {
    if (lease.release() && connection.isReusable()) {
      idle.add(connection);
    } else {
      open.drop(connection);
    }
    places.give();
  }

  private void look() {
    try {
      leases.forEach(Lease::look);
      idle.dropOld();
      limit.grow();
      lookAtLatency();
    } catch (RuntimeException e) {
      LOG.error("Looking after the connections failed. server={}", server, e);
    }
  }

  private void lookAtLatency() {
    backOff.look();
    limit.bear(backsOff ? backOff.places() : Integer.MAX_VALUE);
  }

  /** The most at once from now on; those above it finish their work. */
  public void setConnections(int connections) {
    backOff.most(connections);
    limit.configure(connections);
    lookAtLatency();
  }

  /** Calls in line for a connection. */
  int waiting() {
    return places.waiting();
  }

  /** How it is just now. */
  public ServerState state() {
    int unused = idle.count();
    C latest = open.latest();
    return new ServerState(
        Math.max(0, open.count() - unused),
        unused,
        limit.places(),
        limit.configured(),
        places.waiting(),
        breaker.givenUpWords(),
        latest == null ? Duration.ZERO : latest.latency(),
        latest == null ? Map.of() : latest.learned());
  }

  /** In use and idle. */
  public int openConnections() {
    return open.count();
  }

  /** Calls under way fail, those that wait too. */
  @Override
  public void close() {
    watch.shutdownNow();
    places.close();
    leases.forEach(lease -> lease.end(Places.closed(server)));
    idle.close();
  }
}

package io.picsync.archive.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.archive.CancelledException;
import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConnectionPoolTest {
  private final List<Wire> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile int most = 100;
  private ConnectionPool<Wire> pool = pool(1);

  /** A connection that can be silent until it is aborted. */
  private final class Wire implements Connection {
    private final CountDownLatch aborted = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean reusable = true;

    private void keepsSilent() throws IOException {
      try {
        aborted.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      reusable = false;
      throw new IOException("Socket closed");
    }

    @Override
    public boolean isReusable() {
      return reusable;
    }

    @Override
    public boolean answers() {
      return true;
    }

    @Override
    public void abort() {
      aborted.countDown();
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        taken.decrementAndGet();
      }
    }
  }

  @AfterEach
  void close() {
    pool.close();
    threads.shutdownNow();
  }

  private ConnectionPool<Wire> pool(int connections) {
    return new ConnectionPool<>("old", connections, abort -> connect());
  }

  private synchronized Wire connect() throws PassingException {
    if (taken.get() >= most) {
      throw new PassingException("421 Too many.");
    }
    taken.incrementAndGet();
    Wire connection = new Wire();
    opened.add(connection);
    return connection;
  }

  @Test
  void waitingThreadsAreServedInTurnAlsoWhenAConnectionBreaks() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<Integer> order = new CopyOnWriteArrayList<>();
    Future<?> holder =
        threads.submit(
            () ->
                pool.with(
                    "hold",
                    () -> false,
                    connection -> {
                      awaitGate(gate);
                      return true;
                    }));
    await().until(() -> pool.openConnections() == 1);
    List<Future<?>> all = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 6; i++) {
      int turn = i;
      all.add(
          threads.submit(
              () ->
                  pool.with(
                      "work",
                      () -> false,
                      connection -> {
                        order.add(turn);
                        if (turn % 2 == 0) {
                          connection.reusable = false;
                          throw new RefusedException("no");
                        }
                        return true;
                      })));
      await().until(() -> pool.waiting() == turn + 1);
    }

    gate.countDown();
    holder.get();
    for (Future<?> one : all) {
      try {
        one.get();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(RefusedException.class);
      }
    }

    assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(opened).hasSize(4);
    assertThat(pool.openConnections()).isEqualTo(1);
  }

  @Test
  void callThatWaitsInLineCanBeCancelled() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    threads.submit(() -> pool.with("hold", () -> false, this::silence));
    await().until(() -> pool.openConnections() == 1);
    Future<Boolean> waits = threads.submit(() -> pool.with("work", stop::get, this::silence));
    await().until(() -> pool.waiting() == 1);

    stop.set(true);

    assertThatThrownBy(waits::get).hasCauseInstanceOf(CancelledException.class);
  }

  @Test
  void cancelledCallIsEndedWhenTheServerKeepsSilent() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    Future<Boolean> silent = threads.submit(() -> pool.with("work", stop::get, this::silence));
    await().until(() -> pool.openConnections() == 1);

    stop.set(true);

    assertThatThrownBy(silent::get).hasCauseInstanceOf(CancelledException.class);
    assertThat(pool.openConnections()).isZero();
    assertThat(pool.<Boolean>with("go on", () -> false, connection -> true)).isTrue();
  }

  @Test
  void closingEndsCallsUnderWayAndThoseInLine() throws Exception {
    Future<Boolean> silent = threads.submit(() -> pool.with("work", () -> false, this::silence));
    await().until(() -> pool.openConnections() == 1);
    Future<Boolean> waits = threads.submit(() -> pool.with("work", () -> false, this::silence));
    await().until(() -> pool.waiting() == 1);

    pool.close();

    assertThatThrownBy(silent::get).hasCauseInstanceOf(UnavailableException.class);
    assertThatThrownBy(waits::get).hasCauseInstanceOf(UnavailableException.class);
    assertThat(taken).hasValue(0);
    assertThat(pool.openConnections()).isZero();
  }

  @Test
  void serverThatTakesOneConnectionServesManyThreads() throws Exception {
    most = 1;
    pool = pool(4);
    AtomicInteger done = new AtomicInteger();
    List<Future<?>> all = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(
          threads.submit(
              () -> pool.with("work", () -> false, connection -> done.incrementAndGet())));
    }
    for (Future<?> one : all) {
      one.get();
    }

    assertThat(done).hasValue(40);
    assertThat(pool.openConnections()).isEqualTo(1);
    assertThat(opened).hasSize(1);
  }

  @Test
  void deadServerIsTriedThreeTimesAndThenLeftAlone() {
    AtomicInteger attempts = new AtomicInteger();
    pool =
        new ConnectionPool<>(
            "dead",
            4,
            abort -> {
              attempts.incrementAndGet();
              throw new UnavailableException("nobody there");
            });
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> pool.with("work", () -> false, connection -> true))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("nobody there");
    }

    assertThat(attempts).hasValue(3);
  }

  private boolean silence(Wire connection) throws IOException {
    connection.keepsSilent();
    return true;
  }

  private static void awaitGate(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

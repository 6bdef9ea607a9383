package io.picsync.sync;

import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The executor that a parallel split names in its route: it gives each run threads of its own, so a
 * run whose server stalls holds no other run's threads. A task submitted by a thread of a run goes
 * to that run's threads; they end with the run. Thread-safe.
 */
public final class RunThreads extends AbstractExecutorService {
  private static final ThreadLocal<@Nullable Run> CURRENT = new ThreadLocal<>();

  private static final long IDLE_SECONDS = 30;

  private final String purpose;
  private final int first;
  private final Growth growth;
  private volatile int perRun;
  private final Map<Run, ExecutorService> pools = new ConcurrentHashMap<>();
  private volatile boolean shutdown;

  /**
   * All threads of a run at once.
   *
   * @param purpose in the threads' names
   */
  public RunThreads(String purpose, int perRun) {
    this(purpose, perRun, Integer.MAX_VALUE, new Growth());
  }

  private RunThreads(String purpose, int perRun, int first, Growth growth) {
    this.purpose = purpose;
    this.perRun = perRun;
    this.first = first;
    this.growth = growth;
  }

  /** A run begins with two threads a processor and has the others once the processors idle. */
  public static RunThreads growing(String purpose, int perRun) {
    int first = 2 * Runtime.getRuntime().availableProcessors();
    return growing(purpose, perRun, first, new Growth());
  }

  static RunThreads growing(String purpose, int perRun, int first, Growth growth) {
    return new RunThreads(purpose, perRun, first, growth);
  }

  /** So many for each run that begins from now on. */
  public void setPerRun(int threads) {
    perRun = threads;
  }

  /**
   * Makes it one of the runs' threads, which give way: whoever asks for a report is answered first.
   * What the operating system is told of it, bin/picsync says.
   */
  @SuppressWarnings("ThreadPriorityCheck") // it is the share that counts, not the order
  static Thread givingWay(Thread thread) {
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Does the work as a thread of the run. */
  static void within(Run run, Runnable work) {
    CURRENT.set(run);
    try {
      work.run();
    } finally {
      CURRENT.remove();
    }
  }

  @Override
  public void execute(Runnable task) {
    Run run = CURRENT.get();
    if (run == null) {
      throw new RejectedExecutionException(
          "The "
              + purpose
              + " threads belong to a run, and this thread does not: a threads or seda step stands between sync: and this split. Take it out.");
    }
    pools.computeIfAbsent(run, this::pool).execute(task);
  }

  private ExecutorService pool(Run run) {
    if (shutdown) {
      throw new RejectedExecutionException("picsync stops");
    }
    int size = perRun;
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads =
        task -> {
          String name = run.sync() + "-" + purpose + "-" + number.incrementAndGet();
          return givingWay(daemon(() -> within(run, task), name));
        };
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            Math.min(first, size),
            size,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads);
    pool.allowCoreThreadTimeOut(true); // a run may wait for hours
    if (first < size) {
      growth.of(pool);
    }
    return pool;
  }

  /** Ends the run's threads. */
  void end(Run run) {
    ExecutorService pool = pools.remove(run);
    if (pool != null) {
      pool.shutdown();
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
    pools.values().forEach(ExecutorService::shutdown);
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return pools.values().stream().flatMap(pool -> pool.shutdownNow().stream()).toList();
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && pools.values().stream().allMatch(ExecutorService::isTerminated);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(timeout);
    for (ExecutorService pool : pools.values()) {
      if (!pool.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        return false;
      }
    }
    return true;
  }
}

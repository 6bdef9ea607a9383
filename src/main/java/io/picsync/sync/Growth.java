package io.picsync.sync;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets pools of threads grow while the processors have time for more. What waits for a network
 * leaves them idle and soon has all its threads; where they are at work already, on the servers'
 * behalf too, further threads only take turns with the others. Never fewer again. Thread-safe.
 */
final class Growth {
  private static final double WORTH_A_THREAD = 0.25;

  private final Duration interval;
  private final DoubleSupplier load;
  private final Set<ThreadPoolExecutor> growing = new HashSet<>();
  private @Nullable ScheduledExecutorService looks;

  /** By what the operating system tells of all its processors, or of the container's share. */
  Growth() {
    this(Duration.ofMillis(100), OperatingSystem::load);
  }

  /**
   * @param interval between two looks; a share of it idle makes a pool larger by that share
   * @param load of the processors since the last look, 0 to 1; negative when it isn't known, which
   *     is taken for idle
   */
  Growth(Duration interval, DoubleSupplier load) {
    this.interval = interval;
    this.load = load;
  }

  /** From its core size to its maximum, or until it is shut down. */
  synchronized void of(ThreadPoolExecutor pool) {
    growing.add(pool);
    if (looks == null) {
      double unused = load.getAsDouble(); // it tells of what follows from now on
      looks =
          Executors.newSingleThreadScheduledExecutor(
              task -> RunThreads.daemon(task, "threads-growth"));
      long nanos = interval.toNanos();
      looks.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /** Gives each pool what there is time for. */
  synchronized void look() {
    double idle = 1 - Math.max(0, load.getAsDouble());
    if (idle >= WORTH_A_THREAD) {
      growing.forEach(pool -> grow(pool, idle));
    }
    growing.removeIf(pool -> isLarge(pool) || pool.isShutdown());
    if (growing.isEmpty() && looks != null) {
      looks.shutdown();
      looks = null;
    }
  }

  private static void grow(ThreadPoolExecutor pool, double share) {
    int threads = pool.getCorePoolSize();
    int more = (int) Math.ceil(threads * share);
    pool.setCorePoolSize(Math.min(pool.getMaximumPoolSize(), threads + more));
  }

  private static boolean isLarge(ThreadPoolExecutor pool) {
    return pool.getCorePoolSize() == pool.getMaximumPoolSize();
  }

  /** A class of its own, so that what never grows doesn't load it. */
  private static final class OperatingSystem {
    private static final OperatingSystemMXBean BEAN =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private OperatingSystem() {}

    static double load() {
      return BEAN.getCpuLoad();
    }
  }
}

package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GrowthTest {
  private static final Duration NEVER_BY_ITSELF = Duration.ofDays(1);

  private final ThreadPoolExecutor pool = pool();
  private final CountDownLatch gate = new CountDownLatch(1);
  private volatile double load;

  @AfterEach
  void stop() {
    gate.countDown();
    pool.shutdownNow();
  }

  private static ThreadPoolExecutor pool() {
    return new ThreadPoolExecutor(4, 16, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
  }

  private Growth growth(Duration interval) {
    return new Growth(interval, () -> load);
  }

  @Test
  void idleProcessorsGetAllThreadsByThemselves() {
    load = 0.05;
    growth(Duration.ofMillis(1)).of(pool);

    await().until(() -> pool.getCorePoolSize() == 16);
  }

  @Test
  void busyProcessorsGetNoFurtherThreads() {
    load = 0.8;
    Growth growth = growth(NEVER_BY_ITSELF);
    growth.of(pool);

    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(4);
  }

  @Test
  void poolGrowsByTheIdleShareOfItAndNeverShrinks() {
    Growth growth = growth(NEVER_BY_ITSELF);
    growth.of(pool);

    load = 0.7;
    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(6);

    load = 1;
    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(6);

    load = 0;
    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(12);
    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(16);
  }

  @Test
  void whereTheLoadIsNotKnownProcessorsCountAsIdle() {
    load = -1;
    Growth growth = growth(NEVER_BY_ITSELF);
    pool.setMaximumPoolSize(8);
    growth.of(pool);

    growth.look();
    assertThat(pool.getCorePoolSize()).isEqualTo(8);
  }

  @Test
  void growthGoesOnWithPoolsThatComeAfterAllOthersAreLarge() {
    Growth growth = growth(Duration.ofMillis(1));
    pool.setMaximumPoolSize(8);
    growth.of(pool);
    await().until(() -> pool.getCorePoolSize() == 8);

    ThreadPoolExecutor later = pool();
    try {
      growth.of(later);
      await().until(() -> later.getCorePoolSize() == 16);
    } finally {
      later.shutdownNow();
    }
  }

  @Test
  void tasksOfARunWaitForItsFirstThreadsUntilTheProcessorsIdle() {
    Growth growth = growth(NEVER_BY_ITSELF);
    RunThreads threads = RunThreads.growing("compare", 4, 1, growth);
    Run run = RunTest.run("one");
    Set<String> names = ConcurrentHashMap.newKeySet();
    try {
      for (int i = 0; i < 4; i++) {
        RunThreads.within(run, () -> threads.execute(() -> nameAndWait(names)));
      }
      await().until(() -> !names.isEmpty());
      load = 1;
      growth.look();
      assertThat(names).containsExactly("one-compare-1");

      load = 0;
      growth.look();
      growth.look();
      await().until(() -> names.size() == 4);
    } finally {
      gate.countDown();
      threads.shutdownNow();
    }
  }

  private void nameAndWait(Set<String> names) {
    names.add(Thread.currentThread().getName());
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunThreadsTest {
  private final RunThreads threads = new RunThreads("compare", 2);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Run one = RunTest.run("one");
  private final Run two = RunTest.run("two");

  @AfterEach
  void stop() {
    gate.countDown();
    threads.shutdownNow();
  }

  private void submit(Run run, Runnable task) {
    RunThreads.within(run, () -> threads.execute(task));
  }

  private void waitForGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void eachRunHasThreadsOfItsOwn() {
    for (int i = 0; i < 10; i++) {
      submit(one, this::waitForGate);
    }
    Set<String> names = ConcurrentHashMap.newKeySet();
    submit(two, () -> names.add(Thread.currentThread().getName()));

    await().until(() -> !names.isEmpty());
    assertThat(names).containsExactly("two-compare-1");
  }

  @Test
  void runGivesWayToEverythingElse() {
    Set<Integer> priorities = ConcurrentHashMap.newKeySet();
    submit(one, () -> priorities.add(Thread.currentThread().getPriority()));

    await().until(() -> !priorities.isEmpty());
    assertThat(priorities).containsExactly(Thread.MIN_PRIORITY);
  }

  @Test
  void runHasSoManyThreadsAndNoMore() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      submit(
          one,
          () -> {
            names.add(Thread.currentThread().getName());
            done.countDown();
          });
    }
    await().until(() -> done.getCount() == 0);
    assertThat(names).isSubsetOf("one-compare-1", "one-compare-2");
  }

  @Test
  void taskOfARunsThreadGoesToThatRun() {
    Set<String> names = ConcurrentHashMap.newKeySet();
    submit(one, () -> threads.execute(() -> names.add(Thread.currentThread().getName())));

    await().until(() -> !names.isEmpty());
    assertThat(names).allMatch(name -> name.startsWith("one-compare-"));
  }

  @Test
  void threadOfNoRunIsRefusedWithTheReason() {
    assertThatThrownBy(() -> threads.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("compare threads belong to a run")
        .hasMessageContaining("Take it out");
  }

  @Test
  void threadsEndWithTheirRunAndAfterTheWorkGivenBefore() throws Exception {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    submit(
        one,
        () -> {
          started.complete(Thread.currentThread());
          waitForGate();
        });
    Thread thread = started.get(10, TimeUnit.SECONDS);
    threads.end(one);
    assertThat(thread.isAlive()).isTrue();

    gate.countDown();
    thread.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void afterTheShutdownNoRunGetsThreads() throws Exception {
    submit(one, () -> {});
    threads.shutdown();

    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(threads.isTerminated()).isTrue();
    assertThatThrownBy(() -> submit(two, () -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("picsync stops");
  }
}

package io.picsync.archive.file;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FolderSyncsTest {
  private static final Path DAY = Path.of("20110714");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger synced = new AtomicInteger();
  private final CountDownLatch first = new CountDownLatch(1);
  private final FolderSyncs syncs =
      new FolderSyncs(
          folder -> {
            if (synced.incrementAndGet() == 1) {
              hold(first);
            }
          });

  @AfterEach
  void stop() {
    first.countDown();
    threads.shutdownNow();
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Thread> waiting(int count) {
    List<Thread> began = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(() -> syncs.sync(DAY));
      thread.start();
      began.add(thread);
    }
    return began;
  }

  @Test
  void oneAloneSyncsItsFolderEachTime() {
    first.countDown();

    syncs.sync(DAY);
    syncs.sync(DAY);

    assertThat(synced).hasValue(2);
  }

  /** The one under way may have begun before their names were there. */
  @Test
  void allWhoComeWhileOneIsUnderWayShareTheNextAndReturnAfterIt() throws Exception {
    CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> syncs.sync(DAY), threads);
    await().until(() -> synced.get() == 1);
    List<Thread> others = waiting(5);
    await().until(() -> others.stream().allMatch(it -> it.getState() == Thread.State.WAITING));

    first.countDown();

    begun.get(5, SECONDS);
    for (Thread other : others) {
      other.join(5_000);
      assertThat(other.isAlive()).isFalse();
    }
    assertThat(synced).hasValue(2);
  }

  @Test
  void otherFoldersAreNotWaitedFor() throws Exception {
    CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> syncs.sync(DAY), threads);
    await().until(() -> synced.get() == 1);

    syncs.sync(Path.of("20110715"));

    assertThat(synced).hasValue(2);
    assertThat(begun).isNotDone();
  }

  @Test
  void oneThatFailsLeavesTheNextToTheOthers() {
    AtomicInteger tries = new AtomicInteger();
    FolderSyncs failing =
        new FolderSyncs(
            folder -> {
              if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("first");
              }
            });

    assertThatThrownBy(() -> failing.sync(DAY)).hasMessage("first");
    failing.sync(DAY);

    assertThat(tries).hasValue(2);
  }
}

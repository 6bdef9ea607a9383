package io.picsync.archive.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.OwnThread;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listings of this machine's folders, as many at once as there are processors. */
@Timeout(20)
final class ProcessorsTest {
  private static CompletableFuture<Boolean> work(Processors processors, Runnable work) {
    return OwnThread.call(
        () -> {
          Processors.Turn turn = processors.take();
          try {
            work.run();
          } finally {
            turn.close();
          }
          return true;
        });
  }

  @Test
  void nextOneBeginsWhenOneBeforeIsDone() throws Exception {
    Processors processors = new Processors(1, Duration.ofHours(1));
    Processors.Turn first = processors.take();
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> second = work(processors, begun::countDown);

    assertThat(begun.await(50, TimeUnit.MILLISECONDS)).as("two at once").isFalse();
    first.close();
    second.get(10, TimeUnit.SECONDS);
    assertThat(begun.getCount()).isZero();
  }

  @Test
  void slowFolderHoldsNobodyUpForLong() throws Exception {
    Processors processors = new Processors(1, Duration.ofMillis(5));
    Processors.Turn slow = processors.take();

    work(processors, () -> {}).get(10, TimeUnit.SECONDS);
    assertThat(processors.free()).as("what was never taken is not given back").isZero();
    slow.close();
    assertThat(processors.free()).isEqualTo(1);
  }
}

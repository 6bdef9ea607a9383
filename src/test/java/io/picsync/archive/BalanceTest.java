package io.picsync.archive;

import static org.awaitility.Awaitility.await;

import io.picsync.testing.OwnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BalanceTest {
  private final Balance balance = new Balance();
  private final AtomicBoolean bounded = new AtomicBoolean(true);
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final List<CompletableFuture<Boolean>> pictures = new ArrayList<>();

  private void come(int number) {
    for (int i = 0; i < number; i++) {
      pictures.add(
          OwnThread.call(
              () -> {
                balance.beginFetch(bounded::get, cancelled::get);
                return true;
              }));
    }
  }

  private void areIn(int number) {
    await().until(() -> pictures.stream().filter(CompletableFuture::isDone).count() == number);
  }

  @Test
  void halfOfThemComeInAndOneMoreForEachThatGoesOut() {
    come(8);
    areIn(4);
    await()
        .during(Duration.ofMillis(300))
        .until(() -> pictures.stream().filter(CompletableFuture::isDone).count() == 4);

    balance.endFetch();
    balance.beginStore();
    areIn(5);
  }

  @Test
  void oneAloneIsNotHeldUp() {
    come(1);
    areIn(1);
    balance.endFetch();
    come(1);
    areIn(2);
  }

  @Test
  void withoutABoundAllComeInAlsoThoseThatWait() {
    come(6);
    areIn(3);
    bounded.set(false);
    areIn(6);
  }

  @Test
  void cancelledRunWaitsForNoTurn() {
    come(4);
    areIn(2);
    cancelled.set(true);
    areIn(4);
  }
}

package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.OwnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PlacesTest {
  private static final Duration TURN = Duration.ofMinutes(10);

  private final AtomicLong nanos = new AtomicLong();
  private final Places places = new Places(1, TURN, nanos::get);

  private static boolean take(Places.Place place) {
    try {
      return place.take(() -> false);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoWaitsIsServedInTurn() {
    Places.Place first = places.queue();
    assertThat(take(first)).isTrue();
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    List<Places.Place> queued = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      queued.add(places.queue());
    }
    for (int i = 4; i >= 0; i--) { // who asks last may be first in line
      int number = i;
      waiting.add(
          OwnThread.call(
              () -> {
                take(queued.get(number));
                served.add(number);
                queued.get(number).give();
                return true;
              }));
    }
    first.give();
    waiting.forEach(CompletableFuture::join);
    assertThat(served).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void placeIsKeptForAsLongAsNobodyWaits() {
    Places.Place first = places.queue();
    take(first);
    nanos.addAndGet(TURN.multipliedBy(10).toNanos());
    assertThat(first.isTurnOver()).isFalse();

    Places.Place second = places.queue();
    assertThat(first.isTurnOver()).isTrue();
    first.give();
    assertThat(take(second)).isTrue();
    assertThat(second.isTurnOver()).isFalse();
  }

  @Test
  void whoGivesUpWaitingLeavesTheLine() throws InterruptedException {
    Places.Place first = places.queue();
    take(first);
    AtomicBoolean cancelled = new AtomicBoolean();
    Places.Place second = places.queue();
    CompletableFuture<Boolean> waits = OwnThread.call(() -> second.take(cancelled::get));
    cancelled.set(true);
    await().until(waits::isDone);
    assertThat(waits.join()).isFalse();
    first.give();
    assertThat(places.queue().take(() -> true)).isTrue();
  }

  @Test
  void placeIsGivenBackOnce() throws InterruptedException {
    Places.Place first = places.queue();
    take(first);
    first.give();
    first.give();
    assertThat(take(places.queue())).isTrue();
    Places.Place third = places.queue();
    assertThat(third.isHeld()).isFalse();
    assertThat(third.take(() -> true)).as("a place that nobody gave").isFalse();
  }
}

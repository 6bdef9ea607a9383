package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final Progress progress = new Progress(new Totals());

  @Test
  void nothingIsToldBeforeAnythingIsKnown() {
    assertThat(progress.rate()).isZero();
    assertThat(progress.eta()).isEqualTo(Duration.ZERO);
    assertThat(progress.missing()).isZero();
  }

  @Test
  void foldersAddUp() {
    progress.compared(10, 3, 300);
    progress.compared(20, 4, 400);

    assertThat(progress.folders()).isEqualTo(2);
    assertThat(progress.pictures()).isEqualTo(30);
    assertThat(progress.missing()).isEqualTo(7);
    assertThat(progress.missingBytes()).isEqualTo(700);
  }

  @Test
  void failedPictureIsDoneAndStillMissing() {
    progress.compared(10, 3, 300);
    progress.done(100, false);
    progress.done(0, true);

    assertThat(progress.done()).isEqualTo(2);
    assertThat(progress.doneBytes()).isEqualTo(100);
    assertThat(progress.stillMissing()).isEqualTo(2);
  }

  @Test
  void timeToGoFollowsFromTheRate() {
    progress.compared(10, 2, 1_000_000_000_000L);
    progress.transferBegins();
    progress.done(1_000_000, false);
    await().until(() -> progress.rate() > 0);

    assertThat(progress.eta()).isPositive();
    progress.done(1_000_000_000_000L, false);
    assertThat(progress.eta()).isEqualTo(Duration.ZERO);
  }
}

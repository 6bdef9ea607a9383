package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StatTrustTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final StatTrust trust = new StatTrust("x", nanoTime::get);

  @Test
  void statIsTrustedOnceItToldTheSame() {
    assertThat(trust.isTrusted()).isFalse();
    assertThat(trust.mayTry()).isTrue();

    trust.compared(true);

    assertThat(trust.isTrusted()).isTrue();
    assertThat(trust.mayTry()).isFalse();
  }

  @Test
  void threeFoldersAreCompared() {
    for (int folder = 0; folder < 3; folder++) {
      assertThat(trust.mayTry()).isTrue();
      trust.compared(false);
    }

    assertThat(trust.mayTry()).isFalse();
    assertThat(trust.isTrusted()).isFalse();
  }

  @Test
  void oneThatFailedIsNotTrustedUntilItTellsTheSameAgainLater() {
    trust.mayTry();
    trust.compared(true);
    trust.fails("it broke");

    assertThat(trust.isTrusted()).isFalse();
    assertThat(trust.mayTry()).isFalse();
    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(trust.mayTry()).isTrue();
    trust.compared(true);
    assertThat(trust.isTrusted()).isTrue();
  }

  @Test
  void folderThatWasComparedWhileStatFailedProvesNothing() {
    trust.mayTry();
    trust.fails("it broke elsewhere");
    trust.compared(true);

    assertThat(trust.isTrusted()).isFalse();
  }
}

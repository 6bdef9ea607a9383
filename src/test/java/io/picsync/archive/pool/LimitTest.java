package io.picsync.archive.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.PassingException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LimitTest {
  private final PassingException refusal = new PassingException("421 Too many.");

  private final AtomicLong time = new AtomicLong();
  private final Places line = new Places("old", 4);
  private final Limit limit = new Limit("old", 4, line, time::get);

  @Test
  void refusalShrinksTheLimitToWhatIsOpen() throws ArchiveException {
    limit.refused(2, refusal);

    assertThat(places()).isEqualTo(2);
  }

  @Test
  void limitRecoversOneStepAtATimeUpToWhatIsConfigured() throws ArchiveException {
    limit.refused(1, refusal);

    for (int open : new int[] {2, 3, 4, 4}) {
      limit.grow();
      pass(Duration.ofSeconds(61));
      limit.grow();
      limit.grow();
      assertThat(places()).isEqualTo(open);
      limit.taken(open);
    }
  }

  @Test
  void otherNumberOfConnectionsHoldsAtOnce() throws ArchiveException {
    limit.configure(6);
    assertThat(places()).isEqualTo(6);
    limit.configure(2);
    assertThat(places()).isEqualTo(2);
    limit.configure(4);
    assertThat(places()).isEqualTo(4);
  }

  @Test
  void busyServerIsAskedLessAndKeepsItsLimit() throws ArchiveException {
    limit.bear(1);
    assertThat(places()).isEqualTo(1);
    limit.refused(3, refusal);
    limit.bear(8);
    assertThat(places()).isEqualTo(3);
  }

  @Test
  void serverThatGoesOnRefusingIsTriedLaterAndLater() throws ArchiveException {
    limit.refused(1, refusal);

    for (int minutes : new int[] {1, 2, 4, 8, 15, 15}) {
      pass(Duration.ofMinutes(minutes).minusSeconds(1));
      limit.grow();
      assertThat(places()).isEqualTo(1);
      pass(Duration.ofSeconds(2));
      limit.grow();
      assertThat(places()).isEqualTo(2);
      limit.refused(1, refusal);
    }
  }

  private int places() throws ArchiveException {
    int places = 0;
    while (line.take(false, () -> false, Duration.ZERO)) {
      places++;
    }
    for (int i = 0; i < places; i++) {
      line.give();
    }
    return places;
  }

  private void pass(Duration passed) {
    time.addAndGet(passed.toNanos());
  }
}

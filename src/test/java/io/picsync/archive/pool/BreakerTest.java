package io.picsync.archive.pool;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakerTest {
  private final UnavailableException dead = new UnavailableException("nobody there");

  private final AtomicLong time = new AtomicLong();
  private final Breaker breaker = new Breaker("old", InstantSource.fixed(Instant.EPOCH), time::get);

  @ParameterizedTest
  @CsvSource({"UNREACHABLE,3", "STALLED,3", "REFUSED,12", "BROKEN,12"})
  void serverThatFailsInARowIsGivenUp(Failure failure, int enough) {
    fail(failure, enough - 1);
    assertThatCode(this::call).doesNotThrowAnyException();

    fail(failure, 1);

    assertThatThrownBy(this::call)
        .isInstanceOf(UnavailableException.class)
        .hasMessageMatching(
            "Server old is given up until 1970-01-01T00:00:0\\dZ, .*: nobody there");
  }

  @Test
  void successBetweenTwoFailuresIsAFreshStart() {
    for (int i = 0; i < 10; i++) {
      fail(Failure.STALLED, 2);
      breaker.worked();
    }

    assertThatCode(this::call).doesNotThrowAnyException();
  }

  @Test
  void loginIsNoAnswerToTransfersThatStall() {
    fail(Failure.STALLED, 2);
    breaker.reached();
    fail(Failure.STALLED, 1);

    assertThatThrownBy(this::call).isInstanceOf(UnavailableException.class);
  }

  @Test
  void loginIsEnoughForAServerThatCouldNotBeReached() {
    fail(Failure.UNREACHABLE, 2);
    breaker.reached();
    fail(Failure.UNREACHABLE, 2);

    assertThatCode(this::call).doesNotThrowAnyException();
  }

  @Test
  void oneProbeAtATimeGoesOutAfterLongerAndLongerPauses() throws ArchiveException {
    fail(Failure.UNREACHABLE, 3);
    for (long seconds : new long[] {4, 60, 300, 300}) {
      pass(Duration.ofSeconds(seconds).multipliedBy(7).dividedBy(10));
      assertThatThrownBy(this::call).isInstanceOf(UnavailableException.class);
      pass(Duration.ofSeconds(seconds).multipliedBy(6).dividedBy(10));

      Lease<?> probe = call();
      assertThatThrownBy(() -> breaker.check(new Lease<>(() -> false)))
          .isInstanceOf(UnavailableException.class);
      breaker.check(probe);
      breaker.failed(probe, Failure.BROKEN, dead);
      breaker.left(probe);
    }
  }

  @Test
  void probeThatWorksOpensTheWayForAll() throws ArchiveException {
    fail(Failure.UNREACHABLE, 3);
    pass(Duration.ofSeconds(5));
    breaker.left(call());
    Lease<?> probe = call();

    breaker.worked();
    breaker.left(probe);

    assertThatCode(this::call).doesNotThrowAnyException();
    fail(Failure.UNREACHABLE, 2);
    assertThatCode(this::call).doesNotThrowAnyException();
  }

  @Test
  void callsUnderWayWhenTheServerWasGivenUpDoNotProlongThat() {
    fail(Failure.STALLED, 8);
    pass(Duration.ofSeconds(5));

    assertThatCode(this::call).doesNotThrowAnyException();
  }

  private void fail(Failure failure, int times) {
    for (int i = 0; i < times; i++) {
      breaker.failed(new Lease<>(() -> false), failure, dead);
    }
  }

  private Lease<?> call() throws ArchiveException {
    Lease<?> call = new Lease<>(() -> false);
    breaker.enter(call);
    return call;
  }

  private void pass(Duration passed) {
    time.addAndGet(passed.toNanos());
  }
}

package io.picsync.archive.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  private long nanos;
  private final BackOff backOff = new BackOff("old", 8, () -> nanos);

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** Commands 100 ms apart. */
  private void use(Duration time, IntUnaryOperator latencyMillis) {
    long until = nanos + time.toNanos();
    for (int i = 0; nanos < until; i++) {
      backOff.answered(millis(latencyMillis.applyAsInt(i)));
      nanos += millis(100);
      backOff.look();
    }
  }

  private void use(Duration time, int latencyMillis) {
    use(time, i -> latencyMillis);
  }

  @Test
  void busyServerIsUsedByFewerAndFewerAtOnceAndByAllAgainWhenItIsWell() {
    use(Duration.ofSeconds(30), 20);
    assertThat(backOff.places()).isEqualTo(8);

    use(Duration.ofSeconds(6), 400);
    assertThat(backOff.places()).isEqualTo(4);
    use(Duration.ofSeconds(60), 400);
    assertThat(backOff.places()).isEqualTo(1);
    assertThat(backOff.recent()).isEqualTo(Duration.ofMillis(400));
    assertThat(backOff.usualTime()).isEqualTo(Duration.ofMillis(20));

    use(Duration.ofSeconds(20), 20);
    assertThat(backOff.places()).isBetween(3, 6);
    use(Duration.ofSeconds(60), 20);
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void noiseOnAFastLineIsNoSlowness() {
    use(Duration.ofMinutes(2), i -> i % 7 == 0 ? 200 : i % 3);
    use(Duration.ofMinutes(2), 200); // a hundred times the usual, and still not felt
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void singleSlowAnswersAreNoSlowness() {
    use(Duration.ofMinutes(5), i -> i % 3 == 0 ? 3000 : 20);
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void serverThatIsFarAwayIsNotSlow() {
    use(Duration.ofMinutes(5), i -> 600 + i % 50 * 10);
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void serverThatStaysSlowIsTakenAsItIsAfterAnHour() {
    use(Duration.ofSeconds(30), 20);
    use(Duration.ofMinutes(50), 600);
    assertThat(backOff.places()).isEqualTo(1);
    use(Duration.ofMinutes(15), 600);
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void serverThatIsHardlyUsedRecovers() {
    use(Duration.ofSeconds(30), 20);
    use(Duration.ofSeconds(20), 600);
    assertThat(backOff.places()).isLessThan(8);
    for (int minute = 0; minute < 10; minute++) {
      nanos += Duration.ofMinutes(1).toNanos();
      backOff.look();
    }
    assertThat(backOff.places()).isEqualTo(8);
  }

  @Test
  void otherNumberOfConnectionsIsTakenAtOnce() {
    backOff.most(3);
    assertThat(backOff.places()).isEqualTo(3);
    backOff.most(10);
    assertThat(backOff.places()).isEqualTo(10);

    use(Duration.ofSeconds(30), 20);
    use(Duration.ofSeconds(6), 600);
    assertThat(backOff.places()).isEqualTo(5);
    backOff.most(20);
    assertThat(backOff.places()).as("it is still slow").isEqualTo(5);
  }
}

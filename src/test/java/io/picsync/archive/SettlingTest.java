package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettlingTest {
  private static final Instant NOW = Instant.parse("2011-07-14T15:30:10Z");
  private static final Settling MINUTE = new Settling(Duration.ofMinutes(1), NOW);
  private static final Settling NEVER = new Settling(Duration.ZERO, NOW);

  @ParameterizedTest
  @CsvSource({"0, true", "59, true", "60, false", "-1, true", "-60, true", "-61, false"})
  void pictureRestsAMinuteUnlessItsTimeLiesTooFarAhead(long age, boolean recent) {
    assertThat(MINUTE.isRecent(NOW.minusSeconds(age), NOW)).isEqualTo(recent);
    assertThat(NEVER.isRecent(NOW.minusSeconds(age), NOW)).isFalse();
  }

  @Test
  void pictureThatWasModifiedSinceTheRunBeganIsRecentHoweverLongAgo() {
    Instant begin = NOW.minus(Duration.ofHours(3));

    assertThat(MINUTE.isRecent(begin.plusSeconds(1), begin)).isTrue();
    assertThat(MINUTE.isRecent(begin.minusSeconds(61), begin)).isFalse();
  }

  @Test
  void withoutATimeNothingIsCalledRecent() {
    assertThat(MINUTE.isRecent(null, NOW)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "599, true", "600, false"})
  void brokenPictureWaitsTenTimesAsLong(long age, boolean may) {
    assertThat(MINUTE.mayBecomeWhole("a.jpg", NOW.minusSeconds(age))).isEqualTo(may);
    assertThat(NEVER.mayBecomeWhole("a.jpg", NOW.minusSeconds(age))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "20110714/20110714153010.jpg, true",
    "20110713/20110713000010.jpg, true",
    "20110715/20110715053010.jpg, true",
    "20110712/20110712235950.jpg, false",
    "raw/20110712/x.jpg, false",
    "20110712/20110714.jpg, true",
    "20360101/20360101120000.jpg, false",
    "20111399/latest.jpg, true",
    "latest.jpg, true",
    "120110712.jpg, true"
  })
  void withoutATimeTheCaptureDayInThePathDecides(String path, boolean may) {
    assertThat(MINUTE.mayBecomeWhole(path, null)).isEqualTo(may);
    Instant wrongClock = NOW.plus(Duration.ofHours(2));
    assertThat(MINUTE.mayBecomeWhole(path, wrongClock)).isEqualTo(may);
  }
}

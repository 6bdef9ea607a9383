package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.github.bucket4j.TimeMeter;
import io.picsync.settings.Rate;
import io.picsync.settings.Timetable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BandwidthTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant START = Instant.parse("2026-11-24T07:59:00Z");

  private long nanos;

  private final TimeMeter time =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return nanos;
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };
  private final InstantSource clock = () -> START.plusNanos(nanos);

  private Bandwidth bandwidth(String text) {
    return new Bandwidth(
        Timetable.of("key", text, ZoneId.of("UTC"), rate -> Rate.parse("key", rate)), clock, time);
  }

  /** How many bytes pass when each wait takes that much too long. */
  private long fetchedWithin(Bandwidth bandwidth, long seconds, long oversleep) {
    long until = nanos + seconds * SECOND;
    long bytes = 0;
    while (nanos < until) {
      long wait = bandwidth.takeFetched(30_000);
      bytes += 30_000;
      nanos += wait > 0 ? wait + oversleep : 0;
    }
    return bytes;
  }

  @Test
  void rateIsHeldThoughThreadsSleepTooLong() {
    assertThat(fetchedWithin(bandwidth("1MB/s"), 60, 2_000_000))
        .isCloseTo(60L << 20, withPercentage(1));
  }

  @Test
  void idleTimeIsNotMadeUpFor() {
    Bandwidth bandwidth = bandwidth("1MB/s");
    bandwidth.takeFetched(1);
    nanos += 30 * SECOND;
    assertThat(fetchedWithin(bandwidth, 10, 0)).isCloseTo(10L << 20, withPercentage(4));
  }

  @Test
  void eachWayHasItsOwn() {
    Bandwidth bandwidth = bandwidth("1MB/s");
    assertThat(bandwidth.takeFetched(1 << 20)).isEqualTo(SECOND);
    assertThat(bandwidth.takeStored(1 << 19)).isEqualTo(SECOND / 2);
  }

  @Test
  void whoComesLaterWaitsLonger() {
    Bandwidth bandwidth = bandwidth("1MB/s");
    assertThat(bandwidth.takeFetched(1 << 18)).isEqualTo(SECOND / 4);
    assertThat(bandwidth.takeFetched(1 << 18)).isEqualTo(SECOND / 2);
  }

  @Test
  void timetableChangesWhileBytesMove() {
    Bandwidth bandwidth = bandwidth("08:00-18:00 1MB/s, otherwise 4MB/s");
    assertThat(bandwidth.now()).hasToString("4MB/s");
    assertThat(fetchedWithin(bandwidth, 60, 0)).isCloseTo(240L << 20, withPercentage(2));
    assertThat(bandwidth.now()).hasToString("1MB/s");
    assertThat(fetchedWithin(bandwidth, 60, 0)).isCloseTo(60L << 20, withPercentage(2));
  }

  @Test
  void whatIsSetHoldsUntilItIsTakenBack() {
    Bandwidth bandwidth = bandwidth("08:00-18:00 1MB/s, otherwise unlimited");
    assertThat(bandwidth.takeFetched(1 << 30)).isZero();

    bandwidth.set(Optional.of(Rate.parse("key", "2MB/s")));
    assertThat(fetchedWithin(bandwidth, 120, 0)).isCloseTo(240L << 20, withPercentage(2));
    assertThat(bandwidth.isSet()).isTrue();

    bandwidth.set(Optional.empty());
    assertThat(bandwidth.now()).hasToString("1MB/s");
    assertThat(bandwidth.isSet()).isFalse();
  }
}

package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.settings.SettingsException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
  private static final String ZURICH = "Europe/Zurich";

  private static Schedule schedule(
      @Nullable String cron, @Nullable String interval, @Nullable String zone) {
    return Schedule.of("source1", cron, interval, zone, null, null);
  }

  private static List<String> next(Schedule schedule, String from, int count) {
    List<String> runs = new ArrayList<>();
    Instant last = Instant.parse(from);
    for (int i = 0; i < count; i++) {
      last = schedule.next(last).orElseThrow();
      runs.add(last.toString());
    }
    return runs;
  }

  @Test
  void cronRunsAtItsTimesInItsZone() {
    Schedule schedule = schedule("0 30 5 * * ?", null, "Asia/Kathmandu");

    assertThat(schedule.first(Instant.parse("2026-01-10T00:00:00Z"), null))
        .contains(Instant.parse("2026-01-10T23:45:00Z"));
  }

  @Test
  void cronWithoutZoneRunsByTheMachinesClock() {
    Instant noon =
        LocalDate.of(2026, 1, 10).atTime(12, 0).atZone(ZoneId.systemDefault()).toInstant();

    assertThat(schedule("0 0 12 * * ?", null, null).first(noon.minusSeconds(1), null))
        .contains(noon);
  }

  @Test
  void dailyRunKeepsItsHourOverBothClockChanges() {
    Schedule schedule = schedule("0 0 6 * * ?", null, ZURICH);

    assertThat(next(schedule, "2026-03-28T00:00:00Z", 2))
        .containsExactly("2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z");
    assertThat(next(schedule, "2026-10-24T00:00:00Z", 2))
        .containsExactly("2026-10-24T04:00:00Z", "2026-10-25T05:00:00Z");
  }

  @Test
  void runEveryTenMinutesLeavesNoGapWhereAnHourIsLeftOut() {
    Schedule schedule = schedule("0 0/10 * * * ?", null, ZURICH);

    assertThat(next(schedule, "2026-03-29T00:50:00Z", 2))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:10:00Z");
  }

  /** Quartz passes over the first of the two; the next run makes up for it. */
  @Test
  void runEveryTenMinutesRunsInOneOfTheHoursThatComeTwice() {
    Schedule schedule = schedule("0 0/10 * * * ?", null, ZURICH);

    assertThat(next(schedule, "2026-10-24T23:50:00Z", 3))
        .containsExactly("2026-10-25T01:00:00Z", "2026-10-25T01:10:00Z", "2026-10-25T01:20:00Z");
  }

  @Test
  void intervalBeginsAtOnceAndCountsFromStartToStart() {
    Schedule schedule = schedule(null, "10m", null);
    Instant now = Instant.parse("2026-11-22T10:00:03Z");

    assertThat(schedule.first(now, null)).contains(now);
    assertThat(schedule.first(now, now.minusSeconds(60))).contains(now.plusSeconds(540));
    assertThat(schedule.first(now, now.minusSeconds(6000))).contains(now);
    assertThat(next(schedule, now.toString(), 2))
        .containsExactly("2026-11-22T10:10:03Z", "2026-11-22T10:20:03Z");
  }

  @Test
  void syncWithoutScheduleNeverRunsByItself() {
    Schedule never = schedule(null, null, null);

    assertThat(never.first(Instant.EPOCH, null)).isEmpty();
    assertThat(never.next(Instant.EPOCH)).isEqualTo(Optional.empty());
  }

  @Test
  void cronThatIsOverHasNoNextRun() {
    assertThat(
            schedule("0 0 0 1 1 ? 2020", null, "UTC")
                .first(Instant.parse("2026-01-01T00:00:00Z"), null))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "0 0/10 * * *   | -   | -         | sync:source1?cron=0 0/10 * * *",
        "every minute   | -   | -         | sync:source1?cron=every minute is no cron expression",
        "0 0/10 * * * ? | -   | Zürich    | sync:source1?timeZone=Zürich is no time zone",
        "0 0/10 * * * ? | 10m | -         | sync:source1 has cron and interval",
        "-              | -   | UTC       | sync:source1 has a timeZone without a cron",
        "-              | 10m | UTC       | sync:source1 has a timeZone without a cron",
        "-              | 10  | -         | sync:source1?interval=10: a time span such as",
        "-              | 0s  | -         | sync:source1?interval=0s: at least 1s is wanted",
        "-              | 999ms | -       | sync:source1?interval=999ms: at least 1s is wanted",
      })
  void badValueIsRefusedWithItsKey(
      @Nullable String cron, @Nullable String interval, @Nullable String zone, String message) {
    assertThatThrownBy(() -> schedule(cron, interval, zone))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  private static Schedule withBlackout(
      @Nullable String cron, @Nullable String interval, String blackout) {
    return Schedule.of("source1", cron, interval, ZURICH, null, blackout);
  }

  @Test
  void cronLeavesOutItsTimesInBlackoutHours() {
    Schedule schedule = withBlackout("0 0/30 * * * ?", null, "08:00-18:00");

    assertThat(next(schedule, "2026-11-24T06:00:00Z", 3))
        .containsExactly("2026-11-24T06:30:00Z", "2026-11-24T17:00:00Z", "2026-11-24T17:30:00Z");
  }

  @Test
  void intervalGoesOnAtTheEndOfBlackoutHours() {
    Schedule schedule = withBlackout(null, "25m", "Mon-Fri 22:00-06:00");

    assertThat(next(schedule, "2026-11-24T20:45:00Z", 3)) // Tuesday, 21:45 in Zurich
        .containsExactly("2026-11-25T05:00:00Z", "2026-11-25T05:25:00Z", "2026-11-25T05:50:00Z");
    assertThat(schedule.first(Instant.parse("2026-11-25T02:00:00Z"), null))
        .contains(Instant.parse("2026-11-25T05:00:00Z"));
  }

  @Test
  void blackoutBeginsByTheClockAlsoWhereSummerTimeEnds() {
    Schedule schedule = withBlackout(null, "25m", "06:00-07:00");

    assertThat(schedule.nextBlackout(Instant.parse("2026-10-24T12:00:00Z")))
        .contains(Instant.parse("2026-10-25T05:00:00Z"));
    assertThat(schedule.nextBlackout(Instant.parse("2026-10-24T04:30:00Z")))
        .as("within one")
        .contains(Instant.parse("2026-10-25T05:00:00Z"));
  }

  @Test
  void scheduleWithoutATimeOutsideBlackoutHoursNeverRuns() {
    Instant now = Instant.parse("2026-11-24T06:00:00Z");

    assertThat(withBlackout("0 0 3 * * ?", null, "02:00-04:00").isAllBlackout(now)).isTrue();
    assertThat(withBlackout(null, "10m", "00:00-24:00").isAllBlackout(now)).isTrue();
    assertThat(withBlackout("0 0 5 * * ?", null, "02:00-04:00").isAllBlackout(now)).isFalse();
    assertThat(withBlackout("0 0 0 1 1 ? 2020", null, "02:00-04:00").isAllBlackout(now)).isFalse();
  }

  @Test
  void jitterSpreadsSyncsAndKeepsTheDistanceOfTheirRuns() {
    Instant now = Instant.parse("2026-11-24T06:00:00Z");
    TreeSet<Instant> firsts = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      Schedule cron = Schedule.of("cam" + i, "0 0/10 * * * ?", null, null, "5m", null);
      Instant first = cron.first(now, null).orElseThrow();
      assertThat(cron.next(first)).contains(first.plusSeconds(600));
      firsts.add(first);
      Schedule interval = Schedule.of("cam" + i, null, "10m", null, "5m", null);
      assertThat(interval.first(now, null)).contains(first);
    }
    assertThat(firsts).hasSizeGreaterThan(95);
    assertThat(firsts.first()).isBefore(now.plusSeconds(15));
    assertThat(firsts.last()).isAfter(now.plusSeconds(285)).isBeforeOrEqualTo(now.plusSeconds(300));
  }

  @Test
  void jitterNeverReachesIntoBlackoutHours() {
    for (int i = 0; i < 20; i++) {
      Schedule schedule =
          Schedule.of("cam" + i, "0 0/10 * * * ?", null, ZURICH, "30m", "08:00-18:00");
      Instant last = Instant.parse("2026-11-24T05:00:00Z");
      for (int run = 0; run < 30; run++) {
        last = schedule.next(last).orElseThrow();
        assertThat(last.atZone(ZoneId.of(ZURICH)).getHour()).matches(hour -> hour < 8 || hour > 17);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-  | 08:00-18:00 | sync:source1 has a blackout without a cron or an interval",
        "5m | -           | sync:source1 has a jitter without a cron or an interval",
      })
  void whatOnlySchedulesHaveIsRefusedWithoutOne(
      @Nullable String jitter, @Nullable String blackout, String message) {
    assertThatThrownBy(() -> Schedule.of("source1", null, null, null, jitter, blackout))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void badBlackoutOrJitterIsRefusedWithItsKey() {
    assertThatThrownBy(() -> Schedule.of("source1", null, "10m", null, "soon", null))
        .hasMessageContaining("sync:source1?jitter=soon");
    assertThatThrownBy(() -> withBlackout(null, "10m", "at night"))
        .hasMessageContaining("sync:source1?blackout: 'at night'");
  }
}

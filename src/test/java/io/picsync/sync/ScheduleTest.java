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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScheduleTest {
  private static final String ZURICH = "Europe/Zurich";

  private static Schedule schedule(
      @Nullable String cron, @Nullable String interval, @Nullable String zone) {
    return Schedule.of("source1", cron, interval, zone);
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
}

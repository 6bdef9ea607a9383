package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.PicsyncContext;
import io.picsync.testing.SetClock;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are due by the clock, also where it is set, or the machine slept. */
final class TicksIT {
  private final SetClock clock = new SetClock(Instant.parse("2026-11-24T07:00:00Z"));
  private Path home;
  private Path root;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("root");
    Trees.put(root, "old/20110714/a.jpg", Trees.picture(1, 100), Instant.EPOCH);
    Trees.put(root, "new/20110714/b.jpg", Trees.picture(2, 100), Instant.EPOCH);
  }

  private PicsyncContext start(String... schedule) throws Exception {
    return PicsyncContext.at(home)
        .server("disk", root)
        .sync("source1", "disk/old", "disk/new", schedule)
        .clock(clock)
        .start();
  }

  private static void awaitNext(PicsyncContext picsync, String next) {
    await()
        .untilAsserted(
            () -> assertThat(picsync.sync("source1").nextRun()).contains(Instant.parse(next)));
  }

  @Test
  void runThatBecameDueWhileTheMachineSleptBeginsWhenItWakesUp() throws Exception {
    try (PicsyncContext picsync = start("cron=0 0 2 * * ?", "timeZone=UTC")) {
      awaitNext(picsync, "2026-11-25T02:00:00Z");
      clock.pass(Duration.ofHours(23));

      await().until(() -> picsync.sync("source1").lastRun().isPresent());
      assertThat(picsync.sync("source1").lastRun().orElseThrow().requested())
          .isEqualTo("2026-11-25T06:00:00Z");
      awaitNext(picsync, "2026-11-26T02:00:00Z");
      assertThat(picsync.health("picsync-schedule").getState()).isEqualTo(HealthCheck.State.UP);
    }
  }

  @Test
  void runThatBecameDueWhileTheMachineSleptIsLeftOutInBlackoutHours() throws Exception {
    try (PicsyncContext picsync =
        start("cron=0 30 7 * * ?", "blackout=08:00-18:00", "timeZone=UTC")) {
      awaitNext(picsync, "2026-11-24T07:30:00Z");
      clock.pass(Duration.ofHours(3));

      awaitNext(picsync, "2026-11-25T07:30:00Z");
      assertThat(picsync.sync("source1").run()).isEmpty();
      assertThat(picsync.sync("source1").lastRun()).isEmpty();
    }
  }

  @Test
  void clockThatIsSetBackKeepsNoRunWaiting() throws Exception {
    try (PicsyncContext picsync = start("cron=0 0/10 * * * ?", "timeZone=UTC")) {
      awaitNext(picsync, "2026-11-24T07:10:00Z");
      clock.pass(Duration.ofDays(-1));
      awaitNext(picsync, "2026-11-23T07:10:00Z");
    }
    try (PicsyncContext picsync = start("interval=10m")) {
      await().until(() -> picsync.sync("source1").lastRun().isPresent());
      awaitNext(picsync, "2026-11-23T07:10:00Z");
      clock.pass(Duration.ofHours(-2));
      awaitNext(picsync, "2026-11-23T05:10:00Z");
    }
  }

  @Test
  void clockThatIsSetRightBySecondsRunsNothingTwice() throws Exception {
    try (PicsyncContext picsync = start("cron=0 0/10 * * * ?", "timeZone=UTC")) {
      awaitNext(picsync, "2026-11-24T07:10:00Z");
      clock.pass(Duration.ofMinutes(10));
      await().until(() -> picsync.sync("source1").lastRun().isPresent());
      awaitNext(picsync, "2026-11-24T07:20:00Z");
      clock.pass(Duration.ofSeconds(-2));
      clock.pass(Duration.ofMinutes(5));

      awaitNext(picsync, "2026-11-24T07:20:00Z");
      assertThat(picsync.reports("source1")).hasSize(1);
    }
  }
}

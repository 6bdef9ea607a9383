package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run goes on when not all may. */
final class TurnIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final int BACKLOG = 40;

  private final CountDownLatch gate = new CountDownLatch(1);
  private Path home;
  private Path root;
  private ScriptedFtpServer old;
  private ArmedFault held;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = Files.createDirectories(folder.resolve("new"));
    old = ScriptedFtpServer.start();
    for (int i = 0; i < BACKLOG; i++) {
      old.put("big/20110714/201107141530%02d.jpg".formatted(i), Trees.picture(i, 3000), TAKEN);
    }
    Trees.put(root, "small/20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    held =
        old.fault(
            "RETR",
            2,
            Fault.after(
                gate,
                command -> {
                  command.openData();
                  command.send(command.content());
                  command.finishData();
                  command.reply("226 Transfer complete.");
                }));
  }

  @AfterEach
  void stop() throws IOException {
    gate.countDown();
    old.close();
  }

  private PicsyncContext.Builder builder() {
    return PicsyncContext.at(home)
        .server("old", old)
        .server("new", root)
        .set("picsync.sync.runs", "1")
        .set("picsync.transfer.threads", "2");
  }

  private PicsyncContext start(String turn) throws Exception {
    return builder()
        .set("picsync.sync.turn", turn)
        .sync("big", "old/big", "new/big")
        .sync("small", "new/small", "new/copy")
        .start();
  }

  @Test
  void enormousBacklogDoesNotKeepOthersWaiting() throws Exception {
    try (PicsyncContext picsync = start("0ms")) {
      Future<Run> big = picsync.sync("big").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      Future<Run> small = picsync.sync("small").start(Mode.sync);
      assertThat(picsync.managed("small").getSyncState()).isEqualTo("waiting");
      gate.countDown();

      Run first = picsync.ended(small);
      Run second = picsync.ended(big);
      assertThat(first.finished()).isBefore(second.finished());
      assertThat(picsync.report(first).transferred()).isEqualTo(1);
      assertThat(picsync.report(second).transferred()).isEqualTo(BACKLOG);
      assertThat(picsync.report(second).status()).isEqualTo("completed");
    }
  }

  @Test
  void runKeepsItsPlaceForItsTurn() throws Exception {
    try (PicsyncContext picsync = start("1h")) {
      Future<Run> big = picsync.sync("big").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      Future<Run> small = picsync.sync("small").start(Mode.sync);
      gate.countDown();

      assertThat(picsync.ended(big).finished()).isBefore(picsync.ended(small).finished());
    }
  }

  @Test
  void pausedRunGivesItsPlaceToOthers() throws Exception {
    try (PicsyncContext picsync = start("1h")) {
      Future<Run> big = picsync.sync("big").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      picsync.managed("big").pauseRun();
      gate.countDown();
      assertThat(picsync.run("small", Mode.sync).transferred()).isEqualTo(1);
      assertThat(big).isNotDone();
      assertThat(picsync.managed("big").getSyncState()).isEqualTo("paused");

      picsync.managed("big").resumeRun();
      assertThat(picsync.report(picsync.ended(big)).transferred()).isEqualTo(BACKLOG);
    }
  }

  @Test
  void waitingRunThatIsCancelledEndsAtOnce() throws Exception {
    try (PicsyncContext picsync = start("1h")) {
      picsync.sync("big").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      Future<Run> small = picsync.sync("small").start(Mode.sync);
      picsync.managed("small").cancelRun();
      assertThat(picsync.report(picsync.ended(small)).status()).isEqualTo("cancelled");
    }
  }

  private static Clock at(String time) {
    return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), Instant.parse(time)));
  }

  @Test
  void scheduledRunEndsBetweenPicturesWhenBlackoutHoursBegin() throws Exception {
    try (PicsyncContext picsync =
        builder()
            .clock(at("2026-11-24T07:59:57Z"))
            .sync(
                "big",
                "old/big",
                "new/big",
                "mode=sync",
                "interval=1h",
                "blackout=08:00-18:00",
                "timeZone=UTC")
            .start()) {
      await().until(() -> held.strikes() == 2);
      Run run = picsync.sync("big").run().orElseThrow();
      assertThat(picsync.managed("big").getNextRun()).isEqualTo("2026-11-24T18:00:00Z");
      await().until(() -> run.status() == RunStatus.incomplete);
      gate.countDown();
      await().until(() -> picsync.sync("big").lastRun().isPresent());

      StoredReport report = picsync.report(run);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.cause()).contains("Blackout hours began").contains("2026-11-24T18:00:00Z");
      assertThat(report.transferred()).as("those begun").isBetween(2L, 3L);
      assertThat(Trees.snapshot(root.resolve("big"))).hasSize((int) report.transferred());

      // what somebody asks for is done, whatever the hour
      assertThat(picsync.run("big", Mode.sync).transferred())
          .isEqualTo(BACKLOG - report.transferred());
    }
  }

  @Test
  void syncThatStartsInBlackoutHoursWaitsForTheirEnd() throws Exception {
    try (PicsyncContext picsync =
        builder()
            .clock(at("2026-11-24T12:00:00Z"))
            .sync(
                "big", "old/big", "new/big", "interval=1s", "blackout=08:00-18:00", "timeZone=UTC")
            .start()) {
      assertThat(picsync.managed("big").getNextRun()).isEqualTo("2026-11-24T18:00:00Z");
      assertThat(picsync.managed("big").getSyncState()).isEqualTo("idle");
    }
  }

  @Test
  void scheduleThatNeverRunsIsRefusedAtStart() {
    assertThatThrownBy(
            () ->
                builder()
                    .sync("big", "old/big", "new/big", "cron=0 0 3 * * ?", "blackout=02:00-04:00")
                    .start())
        .hasStackTraceContaining(
            "sync:big?blackout=02:00-04:00 leaves no time at which it would run");
  }
}

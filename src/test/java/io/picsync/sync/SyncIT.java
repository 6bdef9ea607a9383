package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.OwnThread;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import io.picsync.watch.ManagedSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are started, held up, steered and stopped. */
final class SyncIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final int PICTURES = 20;

  private final CountDownLatch gate = new CountDownLatch(1);
  private Path home;
  private Path root;
  private ScriptedFtpServer old;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = Files.createDirectories(folder.resolve("new"));
    old = ScriptedFtpServer.start();
    for (int i = 0; i < PICTURES; i++) {
      old.put(
          "pictures/20110714/201107141530%02d.jpg".formatted(i), Trees.picture(i, 300_000), TAKEN);
    }
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
        .set("picsync.transfer.threads", "2")
        .set("picsync.transfer.memory", "100KB")
        .set("picsync.transfer.spool", home.resolve("spool").toString());
  }

  private PicsyncContext start(String... options) throws Exception {
    return builder().sync("source1", "old/pictures", "new/pictures", options).start();
  }

  /** Holds fetches up in the middle of their bytes until the gate is opened. */
  private ArmedFault hold(int times) {
    return old.fault(
        "RETR",
        times,
        Fault.after(
            gate,
            command -> {
              command.openData();
              command.send(command.content());
              command.finishData();
              command.reply("226 Transfer complete.");
            }));
  }

  private void assertNothingHalf(StoredReport report) throws IOException {
    assertThat(Trees.snapshot(root).keySet())
        .hasSize((int) report.transferred())
        .allMatch(path -> path.matches("pictures/20110714/\\d{14}\\.jpg"));
    assertThat(Trees.snapshot(home.resolve("spool"))).isEmpty();
  }

  @Test
  void syncsRunSideBySideAndAFailingOneHarmsNoOther() throws Exception {
    ArmedFault held = hold(1000);
    Trees.put(root, "local/20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    try (PicsyncContext picsync =
        builder()
            .sync("stalled", "old/pictures", "new/pictures")
            .sync("mistyped", "old/pictuers", "new/other")
            .sync("healthy", "new/local", "new/copy")
            .start()) {
      Future<Run> stalled = picsync.sync("stalled").start(Mode.sync);
      await().until(() -> held.strikes() == 2);

      assertThat(picsync.run("mistyped", Mode.sync).status()).isEqualTo("failed");
      assertThat(picsync.run("healthy", Mode.sync).status()).isEqualTo("completed");
      assertThat(root.resolve("copy/20110714/a.jpg")).exists();
      assertThat(stalled).isNotDone();

      gate.countDown();
      StoredReport report = picsync.report(picsync.ended(stalled));
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
    }
  }

  @Test
  void runNeverOverlapsItself() throws Exception {
    ArmedFault held = hold(1000);
    try (PicsyncContext picsync = start()) {
      SyncEndpoint sync = picsync.sync("source1");
      Future<Run> run = sync.start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      assertThatThrownBy(() -> sync.start(Mode.check))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("source1 is running already");
      assertThat(picsync.managed("source1").getSyncState()).isEqualTo("transferring");

      gate.countDown();
      picsync.ended(run);
      assertThat(picsync.managed("source1").getSyncState()).isEqualTo("idle");
      assertThat(picsync.run("source1", Mode.check).missingInDestination()).isZero();
    }
  }

  /** Whoever sees that a sync is idle may start it. */
  @Test
  void runIsNotIdleBeforeTheNextOneMayBegin() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>();
    String yaml =
        """
        - route:
            id: source1
            group: syncs
            description: A sync with a step after its report.
            from:
              uri: sync:source1
              parameters:
                source: old/pictures
                destination: new/pictures
              steps:
                - to:
                    uri: direct:compare
                - to:
                    uri: direct:report
                - toD:
                    uri: "direct:${routeGroup}-look"
        """;
    try (PicsyncContext picsync = builder().sync("source1", yaml).start()) {
      ManagedSync managed = picsync.managed("source1");
      picsync
          .context()
          .addRoutes(
              new RouteBuilder() {
                @Override
                public void configure() {
                  from("direct:syncs-look").process(exchange -> seen.set(managed.getSyncState()));
                }
              });

      StoredReport report = picsync.run("source1", Mode.check);

      assertThat(report.status()).isEqualTo("completed");
      assertThat(seen).hasValue("reporting");
      assertThat(managed.getSyncState()).isEqualTo("idle");
    }
  }

  @Test
  void scheduledRunIsLeftOutWhileTheOneBeforeGoesOn() throws Exception {
    ArmedFault held = hold(1000);
    try (PicsyncContext picsync = start("mode=sync", "interval=1s")) {
      SyncEndpoint sync = picsync.sync("source1");
      await().until(() -> held.strikes() == 2);
      String run = sync.run().orElseThrow().id();
      Instant next = Instant.parse(picsync.managed("source1").getNextRun());
      await()
          .until(
              () ->
                  Instant.parse(picsync.managed("source1").getNextRun())
                      .isAfter(next.plusMillis(1500)));
      assertThat(sync.run().orElseThrow().id()).isEqualTo(run);
      assertThat(picsync.managed("source1").getLastRunId()).isEmpty();

      gate.countDown();
      await().until(() -> picsync.reports("source1").size() >= 2);
      assertThat(picsync.reports("source1").get(0).text("/run")).isEqualTo(run);
      assertThat(picsync.reports("source1").get(0).transferred()).isEqualTo(PICTURES);
    }
  }

  @Test
  void syncRunsAgainAndAgainOnItsSchedule() throws Exception {
    try (PicsyncContext picsync =
        builder()
            .sync("source1", "old/pictures", "new/pictures", "mode=sync", "interval=1s")
            .sync("source2", "old/pictures", "new/copy", "cron=* * * * * ?")
            .start()) {
      for (String sync : new String[] {"source1", "source2"}) {
        await()
            .until(
                () ->
                    Files.isDirectory(picsync.reports().resolve(sync))
                        && picsync.reports(sync).size() >= 2);
      }
      assertThat(picsync.reports("source1").get(0).transferred()).isEqualTo(PICTURES);
      assertThat(picsync.reports("source1").get(1).inBoth()).isEqualTo(PICTURES);
      assertThat(picsync.reports("source2").get(1).text("/mode")).isEqualTo("check");
      assertThat(root.resolve("copy")).doesNotExist();
    }
  }

  @Test
  void cancelledRunReportsSoAndLeavesNothingHalf() throws Exception {
    ArmedFault held = hold(1000);
    try (PicsyncContext picsync = start()) {
      SyncEndpoint sync = picsync.sync("source1");
      Future<Run> run = sync.start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      picsync.managed("source1").cancelRun();
      gate.countDown();

      StoredReport report = picsync.report(picsync.ended(run));
      assertThat(report.status()).isEqualTo("cancelled");
      assertThat(report.cause()).isEqualTo("Cancelled by the operator.");
      assertThat(report.planned()).isEqualTo(PICTURES);
      assertThat(report.notAttempted()).isGreaterThanOrEqualTo(PICTURES - 4);
      assertNothingHalf(report);

      StoredReport next = picsync.run("source1", Mode.sync);
      assertThat(next.status()).as(next.cause()).isEqualTo("completed");
      assertThat(Trees.snapshot(root)).hasSize(PICTURES);
    }
  }

  @Test
  void cancelledRunTriesNothingAgain() throws Exception {
    ArmedFault refused =
        old.fault("RETR", 1000, Fault.after(gate, Fault.reply("425 Cannot open data connection.")));
    try (PicsyncContext picsync = start()) {
      Future<Run> run = picsync.sync("source1").start(Mode.sync);
      await().until(() -> refused.strikes() == 2);
      picsync.managed("source1").cancelRun();
      gate.countDown();

      StoredReport report = picsync.report(picsync.ended(run));
      assertThat(report.status()).isEqualTo("cancelled");
      assertThat(refused.strikes()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void cancelledComparisonReportsSo() throws Exception {
    ArmedFault held = old.fault("MLSD", 1, Fault.after(gate, Fault.none()));
    try (PicsyncContext picsync = start()) {
      Future<Run> run = picsync.sync("source1").start(Mode.sync);
      await().until(() -> held.strikes() == 1);
      assertThat(picsync.managed("source1").getSyncState()).isEqualTo("comparing");
      picsync.managed("source1").cancelRun();
      gate.countDown();

      StoredReport report = picsync.report(picsync.ended(run));
      assertThat(report.status()).isEqualTo("cancelled");
      assertThat(report.planned()).isZero();
      assertThat(Trees.snapshot(root)).isEmpty();
    }
  }

  @Test
  void pausedRunHoldsItsPicturesAndBeginsNoFurtherOneUntilResumed() throws Exception {
    ArmedFault held = hold(2);
    try (PicsyncContext picsync = start()) {
      SyncEndpoint sync = picsync.sync("source1");
      Future<Run> run = sync.start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      picsync.managed("source1").pauseRun();
      assertThat(picsync.managed("source1").getSyncState()).isEqualTo("paused");
      gate.countDown();

      Progress progress = sync.run().orElseThrow().progress();
      await()
          .during(Duration.ofMillis(300))
          .until(() -> progress.done() == 0 && old.count("RETR") == 2);
      assertThat(run).isNotDone();

      picsync.managed("source1").resumeRun();
      StoredReport report = picsync.report(picsync.ended(run));
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
    }
  }

  @Test
  void pausedRunCanBeCancelled() throws Exception {
    ArmedFault held = hold(2);
    try (PicsyncContext picsync = start()) {
      SyncEndpoint sync = picsync.sync("source1");
      Future<Run> run = sync.start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      picsync.managed("source1").pauseRun();
      gate.countDown();

      picsync.managed("source1").cancelRun();
      assertThat(picsync.report(picsync.ended(run)).status()).isEqualTo("cancelled");
    }
  }

  @Test
  void furtherRunWaitsForItsTurn() throws Exception {
    ArmedFault held = hold(2);
    try (PicsyncContext picsync =
        builder()
            .set("picsync.sync.runs", "1")
            .sync("first", "old/pictures", "new/first")
            .sync("second", "old/pictures", "new/second")
            .start()) {
      Future<Run> first = picsync.sync("first").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      Future<Run> second = picsync.sync("second").start(Mode.sync);
      assertThat(picsync.managed("second").getSyncState()).isEqualTo("waiting");

      gate.countDown();
      Run before = picsync.ended(first);
      Run after = picsync.ended(second);
      assertThat(after.started()).isAfterOrEqualTo(before.finished());
      assertThat(after.requested()).isBefore(before.finished());
      assertThat(picsync.report(after).transferred()).isEqualTo(PICTURES);
    }
  }

  @Test
  void stoppingPicsyncCancelsItsRunsAndStoresTheirReports() throws Exception {
    ArmedFault held = hold(1000);
    PicsyncContext picsync =
        builder()
            .set("picsync.sync.runs", "1")
            .sync("running", "old/pictures", "new/pictures")
            .sync("waiting", "old/pictures", "new/other")
            .start();
    Future<Run> running = picsync.sync("running").start(Mode.sync);
    await().until(() -> held.strikes() == 2);
    Future<Run> waiting = picsync.sync("waiting").start(Mode.sync);

    CompletableFuture<Boolean> stopped =
        OwnThread.call(
            () -> {
              picsync.close();
              return true;
            });
    Run run = picsync.sync("running").run().orElseThrow();
    await().until(run::cancelled);
    gate.countDown();
    await().atMost(Duration.ofSeconds(40)).until(stopped::isDone);

    StoredReport report = picsync.report(picsync.ended(running));
    assertThat(report.status()).isEqualTo("cancelled");
    assertThat(report.cause()).isEqualTo("picsync stops.");
    assertThat(report.planned()).isEqualTo(PICTURES);
    assertNothingHalf(report);
    assertThat(picsync.report(picsync.ended(waiting)).status()).isEqualTo("cancelled");
    await().until(() -> old.openConnections() == 0);
  }

  @Test
  void routeThatIsStoppedCancelsItsRunAndRunsAgainWhenStarted() throws Exception {
    ArmedFault held = hold(2);
    try (PicsyncContext picsync = start()) {
      Future<Run> run = picsync.sync("source1").start(Mode.sync);
      await().until(() -> held.strikes() == 2);
      CompletableFuture<Boolean> stopped =
          OwnThread.call(
              () -> {
                picsync.context().getRouteController().stopRoute("source1");
                return true;
              });
      Run going = picsync.sync("source1").run().orElseThrow();
      await().until(going::cancelled);
      gate.countDown();
      assertThat(picsync.report(picsync.ended(run)).status()).isEqualTo("cancelled");
      await().until(stopped::isDone);
      assertThatThrownBy(() -> picsync.sync("source1").start(Mode.check))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("The route of sync source1 is not started");

      picsync.context().getRouteController().startRoute("source1");
      assertThat(picsync.run("source1", Mode.sync).status()).isEqualTo("completed");
    }
  }

  /** Liveness would ask for a restart for ever, which starts what somebody stopped. */
  @Test
  void routeThatIsStoppedHasNoNextRunAndIsNotOverdue() throws Exception {
    try (PicsyncContext picsync = start("cron=0 0 3 1 1 ?")) {
      assertThat(picsync.sync("source1").nextRun()).isPresent();
      picsync.context().getRouteController().stopRoute("source1");
      assertThat(picsync.sync("source1").nextRun()).isEmpty();
      picsync.context().getRouteController().startRoute("source1");
      assertThat(picsync.sync("source1").nextRun()).isPresent();
    }
  }

  @Test
  void whatFailedIsStillMissing() throws Exception {
    old.fault("RETR", 5, Fault.reply("550 No."));
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.sync);
      assertThat(picsync.managed("source1").getMissing()).isEqualTo(5);
      picsync.run("source1", Mode.sync);
      assertThat(picsync.managed("source1").getMissing()).isZero();
    }
  }
}

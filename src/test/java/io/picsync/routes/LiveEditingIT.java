package io.picsync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.sync.Mode;
import io.picsync.testing.LiveHome;
import io.picsync.testing.StoredReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that an operator edits while {@code picsync run} goes on. */
final class LiveEditingIT {
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final LiveHome home;

  LiveEditingIT(@TempDir Path temporary) throws IOException {
    home = LiveHome.in(temporary);
  }

  @Test
  void filesAreAddedChangedRemovedBrokenAndMendedWhileAnotherSyncBrings20000Pictures()
      throws Exception {
    home.pictures("busy", 0, 20_000);
    home.pictures("edited", 0, 3);
    home.edit("busy", LiveHome.sync("busy", "1h"));
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("busy") > 0);

      home.edit("edited", LiveHome.sync("edited", "1h"));
      await().atMost(BOUND).until(() -> home.reports("edited").size() == 1);
      assertThat(home.last("edited").transferred()).isEqualTo(3);

      home.edit("edited", LiveHome.sync("edited", "1h").replace("steps:", "stebs:"));
      picsync.awaitTold("refused", "file=routes/syncs/edited.camel.yaml", "line=", "stebs");
      home.edit("edited", LiveHome.sync("edited", "1h").replace("old/", "elsewhere/"));
      picsync.awaitTold("refused", "file=routes/syncs/edited.camel.yaml", "line=8", "elsewhere");

      home.pictures("edited", 3, 5);
      home.edit("edited", LiveHome.sync("edited", "1s"));
      picsync.awaitTold("well again");
      await().atMost(BOUND).until(() -> home.stored("edited") == 5);

      Files.delete(home.file("edited"));
      picsync.awaitTold("took effect", "removed=[edited] added=[]");
      int before = home.reports("edited").size();
      home.pictures("third", 0, 1);
      home.edit("third", LiveHome.sync("third", "1h"));
      await().atMost(BOUND).until(() -> home.reports("third").size() == 1);
      assertThat(home.last("third").transferred()).isEqualTo(1);
      assertThat(home.reports("edited")).as("runs of a removed sync").hasSize(before);
      assertThat(home.reports("busy")).as("the run went on all the time").isEmpty();

      await().atMost(Duration.ofMinutes(4)).until(() -> !home.reports("busy").isEmpty());
    }
    assertThat(home.reports("busy"))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.status()).as(report.cause()).isEqualTo("completed");
              assertThat(report.transferred()).isEqualTo(20_000);
            });
  }

  @Test
  void aRunWhoseFileChangesEndsAtAPictureAndTheNextGoesOn() throws Exception {
    home.pictures("edited", 0, 6000);
    home.edit("edited", LiveHome.sync("edited", "1h"));
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("edited") > 0);
      home.edit("edited", LiveHome.sync("edited", "2h"));
      await().atMost(BOUND).until(() -> home.reports("edited").size() == 2);
      picsync.awaitTold("An edit waits for runs to end.", "syncs=edited");
    }
    StoredReport first = home.reports("edited").get(0);
    assertThat(first.status()).isEqualTo("cancelled");
    assertThat(first.cause()).contains("route or a server was changed");
    assertThat(first.failed()).isZero();
    assertThat(home.last("edited").status()).isEqualTo("completed");
    assertThat(first.transferred() + home.last("edited").transferred()).isEqualTo(6000);
  }

  @Test
  void inBlackoutHoursARunOfTheScheduleIsNotGoneOnWithAndOneThatWasAskedForIs() throws Exception {
    home.pictures("edited", 0, 6000);
    home.edit("edited", LiveHome.sync("edited", "1h"));
    int hour = LocalTime.now(ZoneOffset.UTC).getHour();
    String blackout =
        "blackout: '%02d:00-%02d:00'%n        timeZone: UTC%n        interval:"
            .formatted((hour + 23) % 24, (hour + 3) % 24);
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("edited") > 0);
      home.edit("edited", LiveHome.sync("edited", "1h").replace("interval:", blackout));
      picsync.awaitTold("Blackout hours: the rest is left to the next run. sync=edited");
      assertThat(home.reports("edited")).hasSize(1);

      picsync.begin("edited", Mode.sync);
      long before = home.stored("edited");
      await().atMost(BOUND).until(() -> home.stored("edited") > before);
      home.edit("edited", LiveHome.sync("edited", "2h").replace("interval:", blackout));
      await().atMost(BOUND).until(() -> home.reports("edited").size() == 3);
    }
    assertThat(home.reports("edited").get(1).status()).isEqualTo("cancelled");
    assertThat(home.last("edited").status()).isEqualTo("completed");
    assertThat(home.stored("edited")).isEqualTo(6000);
  }

  @Test
  void aRunMayFinishBeforeItsFileTakesEffect() throws Exception {
    home.configure("picsync.routes.runs=finish", "picsync.transfer.threads=2");
    home.pictures("edited", 0, 4000);
    home.edit("edited", LiveHome.sync("edited", "1h"));
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("edited") > 0);
      home.edit("edited", LiveHome.sync("edited", "1s"));
      picsync.awaitTold("waits for runs to finish", "syncs=edited");
      await().atMost(BOUND).until(() -> home.reports("edited").size() > 1);
    }
    assertThat(home.reports("edited").get(0).status()).isEqualTo("completed");
    assertThat(home.reports("edited").get(0).transferred()).isEqualTo(4000);
  }

  @Test
  void sharedRoutesAndPoliciesAreEditedBetweenRuns() throws Exception {
    home.pictures("edited", 0, 1);
    home.edit("edited", LiveHome.sync("edited", "1s"));
    Path transfer = home.home().resolve("routes/transfer.camel.yaml");
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("edited") == 1);
      String text = Files.readString(transfer);
      String step =
          """
                  - log:
                      loggingLevel: WARN
                      logName: io.picsync.test
                      message: "on its way: ${header.CamelFileName}"
                  - toD:
                      id: store
          """
              .indent(0);
      Files.writeString(transfer, text.replace("        - toD:\n            id: store\n", step));
      picsync.awaitTold("took effect", "transfer-picture");
      home.pictures("edited", 1, 2);
      picsync.awaitTold("on its way: 20110710/1.jpg");

      Files.writeString(
          transfer, text.replace("useCollisionAvoidance: true", "useCollisionAvoidance: false"));
      picsync.awaitTold(
          "took effect", "changed=[transfer-picture] removed=[] added=[]", "policies=[picture]");
      home.pictures("edited", 2, 3);
      await().atMost(BOUND).until(() -> home.stored("edited") == 3);

      Files.delete(transfer);
      picsync.awaitTold("refused", "file=routes/syncs/edited.camel.yaml", "direct:transfer");
      home.pictures("edited", 3, 4);
      await().atMost(BOUND).until(() -> home.stored("edited") == 4);
      Files.writeString(transfer, text);
      picsync.awaitTold("well again");
      assertThat(picsync.log()).noneMatch(line -> line.contains("on its way: 20110710/2.jpg"));
    }
  }

  /** By their names the other file is the later one, and nobody touched it. */
  @Test
  void anEditThatTakesWhatAnotherFileHasIsTheOneToBlame() throws Exception {
    home.edit("bystander", LiveHome.sync("bystander", "1h"));
    home.edit("a", LiveHome.sync("a", "1h"));
    try (LiveHome.Running picsync = home.start()) {
      home.edit("a", LiveHome.sync("a", "1h").replace("id: a\n", "id: bystander\n"));
      picsync.awaitTold(
          "refused", "file=routes/syncs/a.camel.yaml line=2", "another route, routes/syncs/bysta");
      home.edit("a", LiveHome.sync("bystander", "1h"));
      picsync.awaitTold(
          "refused", "file=routes/syncs/a.camel.yaml line=", "another route already, routes/syncs");
      assertThat(picsync.log())
          .noneMatch(line -> line.contains("file=routes/syncs/bystander.camel.yaml"));
    }
  }

  @Test
  void aHalfWrittenAnEmptyAndAnEditorsOwnFileChangeNothing() throws Exception {
    home.pictures("edited", 0, 1);
    home.edit("edited", LiveHome.sync("edited", "1s"));
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> !home.reports("edited").isEmpty());
      Files.writeString(home.home().resolve("routes/syncs/.#edited.camel.yaml"), "- route: [");
      Files.writeString(home.file("edited"), "");
      picsync.awaitTold("refused", "edited.camel.yaml", "holds no route");
      int before = home.reports("edited").size();
      await().atMost(BOUND).until(() -> home.reports("edited").size() > before + 1);
      Files.writeString(home.file("edited"), "# a comment\n" + LiveHome.sync("edited", "1s"));
      picsync.awaitTold("well again");
      assertThat(picsync.log()).noneMatch(line -> line.contains("took effect"));
      Files.move(home.home().resolve("routes/syncs"), home.home().resolve("routes/gone"));
      picsync.awaitTold("can't be looked at", "routes/syncs");
      int then = home.reports("edited").size();
      await().atMost(BOUND).until(() -> home.reports("edited").size() > then + 1);
    }
  }

  @Test
  void withoutTheApiItsRoutesBreakNoRuleAndASyncMayBearItsName() throws Exception {
    home.pictures("api", 0, 1);
    home.edit("api", LiveHome.sync("api", "1h"));
    try (LiveHome.Running picsync = home.start()) {
      await().atMost(BOUND).until(() -> home.stored("api") == 1);
      Files.writeString(home.file("api"), "");
      picsync.awaitTold("refused", "api.camel.yaml", "holds no route");
      assertThat(picsync.log()).noneMatch(line -> line.contains("breaks a rule"));
    }
  }
}

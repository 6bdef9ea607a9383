package io.picsync.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.Fault;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that suddenly lists empty or far smaller. */
final class SourceAlarmIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path root;
  private ScriptedFtpServer ftp;

  @BeforeEach
  void tenPictures(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("new");
    Files.createDirectories(root.resolve("pictures"));
    ftp = ScriptedFtpServer.start();
    put(0, 10);
  }

  @AfterEach
  void stop() throws IOException {
    ftp.close();
  }

  private void put(int from, int to) {
    for (int i = from; i < to; i++) {
      ftp.put(path(i), Trees.picture(i, 500), TAKEN);
    }
  }

  private void delete(int from, int to) {
    for (int i = from; i < to; i++) {
      ftp.delete(path(i));
    }
  }

  private static String path(int number) {
    return "pictures/20110714/%d.jpg".formatted(number);
  }

  private PicsyncContext start(String... options) throws Exception {
    return PicsyncContext.at(home)
        .server("old", ftp)
        .server("new", root)
        .sync("source1", "old/pictures", "new/pictures", options)
        .start();
  }

  private static HealthCheck.Result health(PicsyncContext picsync) {
    return picsync.health("picsync-sources");
  }

  @Test
  void sourceThatLostMostOfItsPicturesRaisesAnAlarmOnceUntilItIsBack() throws Exception {
    try (PicsyncContext picsync = start();
        LoggedLines log = LoggedLines.warnings()) {
      assertThat(picsync.run("source1", Mode.sync).json().at("/alarms")).isEmpty();
      assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.UP);

      delete(0, 6);
      StoredReport shrunk = picsync.run("source1", Mode.sync);
      assertThat(shrunk.status()).isEqualTo("completed");
      assertThat(shrunk.text("/alarms/0/alarm")).isEqualTo("source-shrunk");
      assertThat(shrunk.number("/alarms/0/was")).isEqualTo(10);
      assertThat(shrunk.number("/alarms/0/is")).isEqualTo(4);
      assertThat(picsync.managed("source1").getAlarm()).contains("4 pictures", "had 10");
      assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.DOWN);
      assertThat(health(picsync).getDetails())
          .hasEntrySatisfying(
              "sync.source1", told -> assertThat(told).asString().contains("had 10"));
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0)).contains("ERROR", "sync=source1", "source-shrunk", "had 10");
      assertThat(Trees.snapshot(root.resolve("pictures"))).as("nothing is deleted").hasSize(10);

      StoredReport still = picsync.run("source1", Mode.check);
      assertThat(still.number("/alarms/0/was")).isEqualTo(10);
      assertThat(still.text("/alarms/0/since")).isEqualTo(shrunk.text("/run"));
      assertThat(log.lines()).as("told once").hasSize(1);

      put(0, 6);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
      assertThat(picsync.managed("source1").getAlarm()).isEmpty();
      assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.UP);
      assertThat(log.lines()).hasSize(1);
    }
  }

  @Test
  void alarmOutlivesARestartAndEndsWhenAnOperatorAcknowledges() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).hasSize(1);
    }
    try (PicsyncContext picsync = start()) {
      assertThat(picsync.managed("source1").getAlarm()).isNotEmpty();
      assertThat(picsync.run("source1", Mode.check).number("/alarms/0/was")).isEqualTo(10);
      picsync.managed("source1").acknowledgeAlarm();
    }
    try (PicsyncContext picsync = start()) {
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms"))
          .as("what somebody decided outlives a restart, too")
          .isEmpty();
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
    }
  }

  @Test
  void sourceThatLosesHalfOfItOrLessRaisesNone() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 5);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
    }
  }

  @Test
  void acknowledgementWaitsForARunThatSeesAllOfTheSource() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).hasSize(1);
      picsync.managed("source1").acknowledgeAlarm();

      ftp.fault("MLSD", 1, Fault.reply("550 No."));
      StoredReport untrusted = picsync.run("source1", Mode.check);
      assertThat(untrusted.untrusted()).isPositive();
      assertThat(untrusted.json().at("/alarms")).hasSize(1);

      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
    }
  }

  @Test
  void acknowledgementWaitsForARunThatStoresItsReport() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      picsync.run("source1", Mode.check);
      picsync.managed("source1").acknowledgeAlarm();

      Path reports = picsync.reports().resolve("source1");
      Path aside = Files.move(reports, picsync.reports().resolveSibling("aside"));
      Files.writeString(reports, "in the way");
      picsync.ended(picsync.sync("source1").start(Mode.check));
      Files.delete(reports);
      Files.move(aside, reports);

      StoredReport stored = picsync.run("source1", Mode.check);
      assertThat(stored.json().at("/alarms")).isEmpty();
      assertThat(stored.number("/measure")).isZero();
      put(0, 4);
      delete(1, 4);
      assertThat(picsync.run("source1", Mode.check).number("/measure"))
          .as("used once")
          .isEqualTo(1);
      delete(0, 1);
      assertThat(picsync.run("source1", Mode.check).number("/alarms/0/was")).isEqualTo(1);
    }
  }

  /** Measured by the run before only, it could lose everything without a word. */
  @Test
  void sourceThatLosesALittleAtEachRunRaisesOne() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 4);
      StoredReport fewer = picsync.run("source1", Mode.check);
      assertThat(fewer.json().at("/alarms")).isEmpty();
      assertThat(fewer.number("/measure")).isEqualTo(10);
      delete(4, 6);
      assertThat(picsync.run("source1", Mode.check).number("/alarms/0/was")).isEqualTo(10);

      picsync.managed("source1").acknowledgeAlarm();
      assertThat(picsync.run("source1", Mode.check).number("/measure")).isEqualTo(4);
      delete(6, 8);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
      delete(8, 9);
      assertThat(picsync.run("source1", Mode.check).number("/alarms/0/was")).isEqualTo(4);
    }
  }

  @Test
  void zeroPercentIsNoAlarmAtAll() throws Exception {
    try (PicsyncContext picsync = start("alarmBelow=0")) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).isEmpty();
    }
  }

  @Test
  void folderThatCouldNotBeListedIsNoShrunkenSource() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      ftp.fault("MLSD", 1, Fault.reply("550 No."));
      StoredReport untrusted = picsync.run("source1", Mode.check);
      assertThat(untrusted.untrusted()).isPositive();
      assertThat(untrusted.json().at("/alarms")).isEmpty();

      delete(0, 10);
      StoredReport shrunk = picsync.run("source1", Mode.check);
      assertThat(shrunk.untrusted()).isZero();
      assertThat(shrunk.number("/alarms/0/was")).isEqualTo(10);
    }
  }

  /** Such a folder may stay for months, and with it nobody would watch the source. */
  @Test
  void folderThatOnlyTheDestinationCannotListCountsAsItIsAtTheSource() throws Exception {
    Files.createFile(root.resolve("pictures/20110714")); // where a folder is wanted
    try (PicsyncContext picsync = start()) {
      StoredReport before = picsync.run("source1", Mode.check);
      assertThat(before.untrusted()).isEqualTo(1);
      assertThat(before.number("/measure")).isEqualTo(10);

      delete(0, 6);
      StoredReport shrunk = picsync.run("source1", Mode.check);
      assertThat(shrunk.number("/alarms/0/was")).isEqualTo(10);
      assertThat(shrunk.number("/alarms/0/is")).isEqualTo(4);
    }
  }

  /** What lies below it is not looked at, so it may hold the rest. */
  @Test
  void foldersBelowSuchOneAreNotSeen() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      ftp.put("pictures/20110714/raw/1.jpg", Trees.picture(1, 500), TAKEN);
      Files.createFile(root.resolve("pictures/20110714"));
      StoredReport partly = picsync.run("source1", Mode.check);
      assertThat(partly.json().at("/alarms")).isEmpty();
      assertThat(partly.number("/measure")).isEqualTo(10);
    }
  }

  @Test
  void alarmGoesOnWhileNotAllOfTheSourceIsSeenAndEndsWhenEnoughIs() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      ftp.put("pictures/20110715/1.jpg", Trees.picture(1, 500), TAKEN);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).hasSize(1);
    }
    ftp.put("pictures/20110713/1.jpg", Trees.picture(1, 500), TAKEN);
    try (PicsyncContext picsync = start()) {
      ftp.fault("CWD", folder -> folder.endsWith("20110713"), 9, Fault.reply("450 Not now."));
      StoredReport partly = picsync.run("source1", Mode.check);
      assertThat(partly.untrusted()).isEqualTo(1);
      assertThat(partly.number("/measure")).isEqualTo(10);
      assertThat(partly.number("/alarms/0/was")).as("over a restart").isEqualTo(10);

      put(0, 10);
      ftp.fault("CWD", folder -> folder.endsWith("20110713"), 9, Fault.reply("450 Not now."));
      StoredReport enough = picsync.run("source1", Mode.check);
      assertThat(enough.untrusted()).isEqualTo(1);
      assertThat(enough.number("/result/source/files/count/total")).isEqualTo(11);
      assertThat(enough.json().at("/alarms")).isEmpty();
    }
  }

  /** A night of failed runs is longer than anybody looks back. */
  @Test
  void runsThatFailCarryOnWhatIsKnown() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      Path aside = Files.move(root, root.resolveSibling("aside"));
      StoredReport failed = null;
      for (int i = 0; i < 51; i++) {
        failed = picsync.run("source1", Mode.check);
      }
      assertThat(failed).isNotNull();
      assertThat(failed.status()).isEqualTo("failed");
      assertThat(failed.number("/measure")).isEqualTo(10);
      Files.move(aside, root);
      delete(0, 10);
      assertThat(picsync.run("source1", Mode.check).number("/alarms/0/was")).isEqualTo(10);
    }
  }

  /** It would take the next loss as right. */
  @Test
  void acknowledgementIsUsedUpWhenTheAlarmEndsByItself() throws Exception {
    ftp.put("pictures/20110713/1.jpg", Trees.picture(1, 500), TAKEN);
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      assertThat(picsync.run("source1", Mode.check).json().at("/alarms")).hasSize(1);
      picsync.managed("source1").acknowledgeAlarm();
      put(0, 10);
      ftp.fault("CWD", folder -> folder.endsWith("20110713"), 9, Fault.reply("450 Not now."));
      StoredReport partly = picsync.run("source1", Mode.check);
      assertThat(partly.untrusted()).isEqualTo(1);
      assertThat(partly.json().at("/alarms")).isEmpty();
    }
    try (PicsyncContext picsync = start()) {
      delete(0, 10);
      ftp.delete("pictures/20110713/1.jpg");
      StoredReport whole = picsync.run("source1", Mode.check);
      while (whole.untrusted() > 0) {
        whole = picsync.run("source1", Mode.check);
      }
      assertThat(whole.json().at("/alarms")).hasSize(1);
    }
  }

  @Test
  void alarmOfASyncThatIsGoneIsNoMatterOfHealth() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      delete(0, 10);
      picsync.run("source1", Mode.check);
      assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.DOWN);
      picsync.context().getRouteController().stopRoute("source1");
      picsync.context().removeRoute("source1");
      assertThat(health(picsync).getState()).isEqualTo(HealthCheck.State.UP);
    }
  }

  @Test
  void foreignAndDamagedFilesAmongTheReportsAreNamedAndPassedOver() throws Exception {
    try (PicsyncContext picsync = start();
        LoggedLines log = LoggedLines.warnings()) {
      StoredReport first = picsync.run("source1", Mode.check);
      String newer = first.text("/run").replace("-source1", "-source1z.json");
      Path half = Files.writeString(first.file().resolveSibling(newer), "{\"schema\": ");
      delete(0, 10);

      StoredReport shrunk = picsync.run("source1", Mode.check);

      assertThat(shrunk.number("/alarms/0/was")).isEqualTo(10);
      assertThat(log.lines()).anyMatch(line -> line.contains(half.toString()));
    }
  }
}

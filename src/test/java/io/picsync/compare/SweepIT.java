package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.SetClock;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With sweep, settled older days are left out until their turn comes, and the report says so. */
final class SweepIT {
  private static final Instant FIRST = Instant.parse("2011-08-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SetClock clock = new SetClock(FIRST);
  private Path home;
  private Path root;
  private Path source;
  private Path destination;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    source = root.resolve("source");
    destination = root.resolve("destination");
    for (String path :
        new String[] {
          "20110714/a.jpg", "20110714/b.jpg", "20110715/c.jpg", "20110731/d.jpg", "20110801/e.jpg"
        }) {
      put(source, path);
      put(destination, path);
    }
  }

  private static void put(Path archive, String path) throws IOException {
    Trees.put(archive, path, Trees.picture(1, 10), Instant.parse("2011-07-14T15:30:10Z"));
  }

  private PicsyncContext start() throws Exception {
    return PicsyncContext.at(home)
        .server("disk", root)
        .clock(clock)
        .sync("source1", "disk/source", "disk/destination", "sweep=1d")
        .start();
  }

  private StoredReport runAfter(Duration pause, PicsyncContext picsync, Mode mode)
      throws IOException {
    clock.pass(pause);
    return picsync.run("source1", mode);
  }

  private static void comparesEverything(StoredReport report, int pictures) {
    assertThat(report.atSource()).isEqualTo(pictures);
    assertThat(report.json().has("leftOut")).isFalse();
  }

  @Test
  void settledOlderDaysAreLeftOutAndToldUntilTheirTurnComes() throws Exception {
    try (PicsyncContext picsync = start()) {
      comparesEverything(picsync.run("source1", Mode.check), 5);

      put(source, "20110714/late.jpg");
      StoredReport second = runAfter(HOUR, picsync, Mode.check);
      StoredReport swept = runAfter(Duration.ofDays(1), picsync, Mode.check);

      assertThat(second.status()).isEqualTo("completed");
      assertThat(second.atSource()).isEqualTo(2);
      assertThat(second.missingInDestination()).isZero();
      assertThat(second.number("/leftOut/folders")).isEqualTo(2);
      assertThat(second.number("/leftOut/source")).isEqualTo(3);
      assertThat(second.number("/leftOut/destination")).isEqualTo(3);
      assertThat(second.text("/leftOut/oldest")).isEqualTo(FIRST.toString());
      assertThat(second.json().at("/alarms")).isEmpty();
      comparesEverything(swept, 6);
      assertThat(swept.paths("missing")).containsExactly("20110714/late.jpg");
    }
  }

  @Test
  void everyDayIsComparedWithinTheSweepWhenRunsComeRegularly() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      for (int hour = 0; hour < 60; hour++) {
        StoredReport report = runAfter(HOUR, picsync, Mode.check);
        if (report.json().has("leftOut")) {
          Instant oldest = Instant.parse(report.text("/leftOut/oldest"));
          assertThat(Duration.between(oldest, clock.instant())).isLessThan(Duration.ofHours(23));
        }
      }
    }
  }

  @Test
  void dayWithSomethingMissingIsComparedInEveryRunUntilItIsThere() throws Exception {
    Files.delete(destination.resolve("20110714/a.jpg"));
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      StoredReport again = runAfter(HOUR, picsync, Mode.sync);
      StoredReport verifies = runAfter(HOUR, picsync, Mode.sync);
      StoredReport then = runAfter(HOUR, picsync, Mode.sync);

      assertThat(again.paths("missing")).containsExactly("20110714/a.jpg");
      assertThat(again.transferred()).isEqualTo(1);
      assertThat(verifies.number("/leftOut/folders")).isEqualTo(1);
      assertThat(then.number("/leftOut/folders")).isEqualTo(2);
    }
  }

  @Test
  void dayThatOneSideLostIsComparedAtOnce() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
      Trees.clear(destination.resolve("20110714"));
      Files.delete(destination.resolve("20110714"));

      StoredReport report = runAfter(HOUR, picsync, Mode.check);

      assertThat(report.paths("missing")).containsExactly("20110714/a.jpg", "20110714/b.jpg");
    }
  }

  @Test
  void folderBelowADayThatCanNotBeTrustedKeepsTheDayInEveryRun() throws Exception {
    put(source, "20110714/deep/f.jpg");
    put(destination, "20110714/deep");
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);

      StoredReport report = runAfter(HOUR, picsync, Mode.check);

      assertThat(report.untrusted()).isEqualTo(1);
      assertThat(report.number("/leftOut/folders")).isEqualTo(1);
    }
  }

  @Test
  void theFirstRunAfterAStartComparesEverything() throws Exception {
    try (PicsyncContext picsync = start()) {
      picsync.run("source1", Mode.check);
    }
    try (PicsyncContext picsync = start()) {
      comparesEverything(runAfter(HOUR, picsync, Mode.check), 5);
    }
  }
}

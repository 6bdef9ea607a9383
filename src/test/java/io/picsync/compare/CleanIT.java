package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Owner;
import io.picsync.archive.TemporaryNames;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed runs left at the destination. */
final class CleanIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path source;
  private Path destination;
  private String stale;

  @BeforeEach
  void killARun(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    source = Files.createDirectories(folder.resolve("old/cam1"));
    destination = Files.createDirectories(folder.resolve("new/cam1"));
    put(source, "20110714/a.jpg");
    try (Owner killed = Owner.in(Files.createDirectories(home.resolve("reports")))) {
      stale = new TemporaryNames(killed).of("a.jpg");
    }
    put(destination, "20110714/" + stale);
  }

  private static void put(Path root, String path) throws IOException {
    Trees.put(root, path, Trees.picture(1, 1000), TAKEN);
  }

  private PicsyncContext.Builder builder() {
    return PicsyncContext.at(home)
        .server("old", source.resolve(".."))
        .sync("cam1", "old/cam1", "new/cam1");
  }

  @Test
  void nextRunRemovesThemAndBringsThePictures() throws Exception {
    put(destination, "20110715/" + stale); // only the destination has that folder
    try (PicsyncContext picsync = builder().server("new", destination.resolve("..")).start()) {
      StoredReport report = picsync.run("cam1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(1);
    }
    assertThat(Trees.snapshot(destination)).containsOnlyKeys("20110714/a.jpg");
  }

  @Test
  void checkTouchesNothing() throws Exception {
    try (PicsyncContext picsync = builder().server("new", destination.resolve("..")).start()) {
      StoredReport report = picsync.run("cam1", Mode.check);
      assertThat(report.ignored("destination", "temporary")).isEqualTo(1);
    }
    assertThat(Trees.snapshot(destination)).containsOnlyKeys("20110714/" + stale);
  }

  @Test
  void onlyTheDestinationIsCleanedAndOnlyOfOurOwn(@TempDir Path others) throws Exception {
    put(source, "20110714/" + stale);
    String alive;
    String foreign;
    try (Owner running = Owner.in(home.resolve("reports"));
        Owner elsewhere = Owner.in(others)) {
      foreign = new TemporaryNames(elsewhere).of("a.jpg");
      alive = new TemporaryNames(running).of("a.jpg");
      for (String name : Set.of(alive, foreign, ".a.jpg.part", ".a.jpg.Xy12", "a.jpg.tmp")) {
        put(destination, "20110714/" + name);
      }
      try (EmbeddedFtpServer ftp =
              EmbeddedFtpServer.start(destination.resolve("..").normalize(), "camera", "secret");
          PicsyncContext picsync = builder().server("new", ftp.uri(), "camera", "secret").start()) {
        // the running one has the id of the killed one: what that left is cleaned by nobody else
        picsync.run("cam1", Mode.sync);
      }
      assertThat(Trees.snapshot(destination)).containsKeys("20110714/" + stale);
    }
    try (EmbeddedFtpServer ftp =
            EmbeddedFtpServer.start(destination.resolve("..").normalize(), "camera", "secret");
        Owner elsewhere = Owner.in(others);
        PicsyncContext picsync = builder().server("new", ftp.uri(), "camera", "secret").start()) {
      assertThat(elsewhere.id()).isNotEmpty();
      picsync.run("cam1", Mode.sync);
    }
    assertThat(Trees.snapshot(destination))
        .containsOnlyKeys(
            "20110714/a.jpg",
            "20110714/" + foreign,
            "20110714/.a.jpg.part",
            "20110714/.a.jpg.Xy12",
            "20110714/a.jpg.tmp");
    assertThat(Trees.snapshot(source)).containsKey("20110714/" + stale);
  }
}

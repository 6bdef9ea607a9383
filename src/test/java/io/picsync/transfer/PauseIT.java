package io.picsync.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pause in the middle of a large picture. */
final class PauseIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final String PATH = "20110714/20110714153010.jpg";

  /** Three seconds at the bandwidth given. */
  private static final byte[] PICTURE = Trees.picture(1, 3 << 20);

  private Path home;
  private Path root;
  private ScriptedFtpServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = Files.createDirectories(folder.resolve("disk"));
    server = ScriptedFtpServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private PicsyncContext picsync(String source, String destination) throws Exception {
    return PicsyncContext.at(home)
        .server("ftp", server)
        .server("disk", root)
        .set("picsync.server.ftp.bandwidth", "1MB/s")
        .set("picsync.transfer.memory", "1MB")
        .set("picsync.transfer.spool", home.resolve("spool").toString())
        .sync("cam1", source, destination)
        .start();
  }

  private long spooled() throws IOException {
    Path spool = home.resolve("spool");
    return Files.isDirectory(spool) ? Trees.snapshot(spool).size() : 0;
  }

  /** Looks for a second and a half at what is fetched. */
  private long millisUntilNoByteCame() throws IOException {
    Path file;
    try (Stream<Path> files = Files.walk(home.resolve("spool"))) {
      file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    long began = System.nanoTime();
    long size = -1;
    long last = 0;
    for (long now = 0; now < 1_500; now = (System.nanoTime() - began) / 1_000_000) {
      if (Files.size(file) != size) {
        size = Files.size(file);
        last = now;
      }
      LockSupport.parkNanos(5_000_000);
    }
    System.err.printf("PauseIT: the last bytes came %d ms after the pause%n", last);
    assertThat(size).isLessThan(PICTURE.length);
    return last;
  }

  private void assertWhole(StoredReport report) {
    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.transferred()).isEqualTo(1);
  }

  @Test
  void fetchIsGivenUpAndBeginsAnewAfterALongPause() throws Exception {
    server.put("cam1/" + PATH, PICTURE, TAKEN);
    try (PicsyncContext picsync = picsync("ftp/cam1", "disk/cam1")) {
      Future<Run> run = picsync.sync("cam1").start(Mode.sync);
      await().until(() -> spooled() == 1);
      picsync.managed("cam1").pauseRun();
      assertThat(millisUntilNoByteCame()).as("within a second").isLessThan(1100);
      await().atMost(Duration.ofSeconds(30)).until(() -> spooled() == 0);
      assertThat(server.count("RETR")).isEqualTo(1);
      assertThat(root.resolve("cam1").resolve(PATH)).doesNotExist();
      assertThat(run).isNotDone();

      picsync.managed("cam1").resumeRun();
      assertWhole(picsync.report(picsync.ended(run)));
      assertThat(server.count("RETR")).isEqualTo(2);
      assertThat(root.resolve("cam1").resolve(PATH)).hasBinaryContent(PICTURE);
    }
  }

  @Test
  void fetchGoesOnAfterAShortPause() throws Exception {
    server.put("cam1/" + PATH, PICTURE, TAKEN);
    try (PicsyncContext picsync = picsync("ftp/cam1", "disk/cam1")) {
      Future<Run> run = picsync.sync("cam1").start(Mode.sync);
      await().until(() -> spooled() == 1);
      picsync.managed("cam1").pauseRun();
      assertThat(picsync.managed("cam1").getSyncState()).isEqualTo("paused");
      picsync.managed("cam1").resumeRun();

      assertWhole(picsync.report(picsync.ended(run)));
      assertThat(server.count("RETR")).isEqualTo(1);
    }
  }

  @Test
  void storeIsGivenUpAndBeginsAnewAfterALongPause() throws Exception {
    Trees.put(root, "cam1/" + PATH, PICTURE, TAKEN);
    server.makeFolder("cam1");
    try (PicsyncContext picsync = picsync("disk/cam1", "ftp/cam1")) {
      Future<Run> run = picsync.sync("cam1").start(Mode.sync);
      await().until(() -> server.count("STOR") >= 1);
      int stores = server.count("STOR");
      picsync.managed("cam1").pauseRun();
      await().atMost(Duration.ofSeconds(30)).until(() -> server.count("DELE") >= 1);
      assertThat(server.paths()).isEmpty();
      assertThat(run).isNotDone();

      picsync.managed("cam1").resumeRun();
      assertWhole(picsync.report(picsync.ended(run)));
      assertThat(server.count("STOR")).isGreaterThan(stores);
      assertThat(server.paths()).containsExactly("cam1/" + PATH);
      assertThat(server.file("cam1/" + PATH)).isEqualTo(PICTURE);
    }
  }

  @Test
  void pausedRunCanBeCancelled() throws Exception {
    server.put("cam1/" + PATH, PICTURE, TAKEN);
    try (PicsyncContext picsync = picsync("ftp/cam1", "disk/cam1")) {
      Future<Run> run = picsync.sync("cam1").start(Mode.sync);
      await().until(() -> spooled() == 1);
      picsync.managed("cam1").pauseRun();
      picsync.managed("cam1").cancelRun();
      assertThat(picsync.report(picsync.ended(run)).status()).isEqualTo("cancelled");
      assertThat(spooled()).isZero();
    }
  }

  @Test
  void sftpStoreIsGivenUpAndBeginsAnewAfterALongPause() throws Exception {
    Path remote = Files.createDirectories(home.resolveSibling("remote"));
    Path archive = remote.resolve("cam1");
    Files.createDirectories(archive.resolve("20110714"));
    Trees.put(root, "cam1/" + PATH, PICTURE, TAKEN);
    try (EmbeddedSftpServer sftp = EmbeddedSftpServer.start(remote, "camera", "secret");
        PicsyncContext picsync =
            PicsyncContext.at(home)
                .server("sftp", sftp.uri(), "camera", "secret")
                .set("picsync.server.sftp.host-key", EmbeddedSftpServer.fingerprint())
                .server("disk", root)
                .sync("cam1", "disk/cam1", "sftp/cam1", "bandwidth=1MB/s")
                .start()) {
      Future<Run> run = picsync.sync("cam1").start(Mode.sync);
      await().until(() -> Trees.snapshot(archive).size() == 1);
      picsync.managed("cam1").pauseRun();
      await().atMost(Duration.ofSeconds(30)).until(() -> Trees.snapshot(archive).isEmpty());
      assertThat(run).isNotDone();

      picsync.managed("cam1").resumeRun();
      assertWhole(picsync.report(picsync.ended(run)));
      assertThat(Trees.snapshot(archive)).hasSize(1);
      assertThat(archive.resolve(PATH)).hasBinaryContent(PICTURE);
    }
  }
}

package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.sync.Progress;
import io.picsync.sync.Run;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bandwidths, for each kind of server and each way: never more than allowed. {@code
 * bench/bandwidth} looks for a minute, and at less than allowed as well; a shared machine may be
 * too slow for that at any time.
 */
final class BandwidthIT {
  private static final int SECONDS = Integer.getInteger("picsync.bandwidth.seconds", 3);
  private static final boolean BENCH = SECONDS >= 60;
  private static final long RATE = 4L << 20;
  private static final int BYTES = 64 * 1024;
  private static final int THREADS = 8;

  /** For the start, the connections, and the end of the last picture. */
  private static final int MARGIN_SECONDS = 8;

  private Path home;
  private Path source;
  private Path destination;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    source = Files.createDirectories(folder.resolve("source"));
    destination = Files.createDirectories(folder.resolve("destination"));
    int pictures = (int) (RATE * (SECONDS + MARGIN_SECONDS) / BYTES);
    Trees.dayFolders(
        Files.createDirectories(source.resolve("cam1")),
        LocalDate.of(2011, 7, 14),
        1,
        pictures,
        i -> BYTES);
  }

  private static PicsyncContext.Builder server(
      PicsyncContext.Builder builder, String name, String kind, Path root, List<AutoCloseable> open)
      throws Exception {
    switch (kind) {
      case "ftp" -> {
        EmbeddedFtpServer ftp = EmbeddedFtpServer.start(root, "camera", "secret");
        open.add(ftp);
        return builder.server(name, ftp.uri(), "camera", "secret");
      }
      case "sftp" -> {
        EmbeddedSftpServer sftp = EmbeddedSftpServer.start(root, "camera", "secret");
        open.add(sftp);
        return builder
            .server(name, sftp.uri(), "camera", "secret")
            .set("picsync.server." + name + ".host-key", EmbeddedSftpServer.fingerprint());
      }
      default -> {
        return builder.server(name, root);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ftp, file, server source",
    "file, ftp, server destination",
    "sftp, file, sync",
    "file, sftp, sync",
    "file, file, server source",
    "file, file, sync",
  })
  void neverFasterThanAllowed(String from, String to, String limited) throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    try {
      PicsyncContext.Builder builder =
          PicsyncContext.at(home).set("picsync.transfer.threads", Integer.toString(THREADS));
      builder = server(builder, "source", from, source, open);
      builder = server(builder, "destination", to, destination, open);
      boolean ofSync = limited.equals("sync");
      if (!ofSync) {
        builder.set("picsync." + limited.replace(' ', '.') + ".bandwidth", "4MB/s");
      }
      try (PicsyncContext picsync =
          builder
              .sync(
                  "cam1",
                  "source/cam1",
                  "destination/cam1",
                  "bandwidth=" + (ofSync ? "4MB/s" : "unlimited"))
              .start()) {
        measure(picsync, from + " to " + to + ", limit of " + limited);
      }
    } finally {
      for (AutoCloseable server : open) {
        server.close();
      }
    }
  }

  private static void measure(PicsyncContext picsync, String what) throws Exception {
    Future<Run> future = picsync.sync("cam1").start(Mode.sync);
    Run run = picsync.sync("cam1").run().orElseThrow();
    Progress progress = run.progress();
    await().until(() -> progress.done() > 32); // half a second, when all are in step
    long bytes = progress.doneBytes();
    long began = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(SECONDS + 30L))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> System.nanoTime() - began >= SECONDS * 1_000_000_000L);
    bytes = progress.doneBytes() - bytes;
    double rate = bytes / ((System.nanoTime() - began) / 1e9);
    run.cancel("Measured.");
    assertThat(picsync.ended(future).cancelled()).isTrue();

    System.err.printf(
        "BandwidthIT: %s: %.3f MB/s of %d MB/s over %d s, %+.2f %%%n",
        what, rate / (1 << 20), RATE >> 20, SECONDS, (rate / RATE - 1) * 100);
    double slack = (double) THREADS * BYTES / SECONDS; // pictures that were nearly done
    assertThat(rate).isLessThan(RATE * 1.05 + slack);
    if (BENCH) {
      assertThat(rate).isGreaterThan(RATE * 0.95);
    }
  }
}

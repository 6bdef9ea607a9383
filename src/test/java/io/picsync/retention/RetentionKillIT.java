package io.picsync.retention;

import static io.picsync.testing.PicsyncProcess.picsync;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.lists.WholeFile;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.testing.PicsyncProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service is killed while it bundles three months with a report an hour: once in the middle of
 * a bundle, and for each month when its files begin to go.
 */
final class RetentionKillIT {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final Instant BEGIN = Instant.parse("2011-01-01T00:00:00Z");

  /** So many stay files of their own, each with its list. */
  private static final int STAY = 50;

  private static final int MONTHS = 3;
  private static final int REPORTS = 24 * (31 + 28 + 31) + STAY;

  private final Path home;
  private final Path folder;
  private final List<RunId> runs = new ArrayList<>();

  RetentionKillIT(@TempDir Path temporary) {
    home = temporary.resolve("home");
    folder = home.resolve("reports/source1");
  }

  private void makeService() throws IOException {
    PicsyncProcess.base(home);
    Files.writeString(
        home.resolve("config/application.properties"),
        "picsync.api.enabled=false\npicsync.routes.live=false\n");
    String shipped =
        Files.readString(PicsyncProcess.packagedHome().resolve("routes/retention.camel.yaml"));
    Files.writeString(
        home.resolve("routes/retention.camel.yaml"), shipped.replace("\"60000\"", "\"1\""));
    Files.createDirectories(folder);
    for (int i = 0; i < REPORTS; i++) {
      RunId run = new RunId("source1", BEGIN.plus(Duration.ofHours(i)));
      runs.add(run);
      Files.writeString(folder.resolve(run + ".json"), report(run));
      Files.write(folder.resolve(run + ".missing.jsonl.gz"), list(run));
    }
  }

  private static String report(RunId run) {
    return "{\"run\":\"" + run + "\"}\n";
  }

  private static byte[] list(RunId run) {
    byte[] bytes = new byte[2_000];
    new Random(run.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private long bundles() throws IOException {
    return files().stream().filter(name -> name.endsWith(".zip")).count();
  }

  private void assertAllReadable() throws IOException {
    StoredReports stored = new StoredReports(home.resolve("reports"));
    assertThat(stored.runs("source1", (file, why) -> {})).containsExactlyElementsOf(runs);
    for (RunId run : runs) {
      assertThat(stored.read(run)).as("report of %s", run).contains(report(run).getBytes(UTF_8));
      try (InputStream list = stored.list(run, "missing").orElseThrow().open(0)) {
        assertThat(list.readNBytes(list(run).length)).as("list of %s", run).isEqualTo(list(run));
      }
    }
  }

  @Test
  void killedAtAnyInstantItLosesNothingAndTheNextOneFinishes() throws Exception {
    makeService();
    try (PicsyncProcess process = start()) {
      await().atMost(BOUND).pollInterval(LOOK).until(() -> !WholeFile.parts(folder).isEmpty());
      process.kill();
    }
    assertAllReadable();
    for (int month = 1; month <= MONTHS; month++) {
      Path first = folder.resolve(firstOf(month) + ".json");
      try (PicsyncProcess process = start()) {
        await().atMost(BOUND).pollInterval(LOOK).until(() -> !Files.exists(first));
        process.kill();
      }
      assertAllReadable();
    }
    try (PicsyncProcess process = start()) {
      await().atMost(BOUND).until(() -> files().size() == 2 * STAY + bundles());
      process.terminate();
      process.await();
    }
    assertThat(bundles()).isEqualTo(MONTHS);
    assertThat(files()).noneMatch(name -> name.startsWith("."));
    assertAllReadable();
  }

  private RunId firstOf(int month) {
    return runs.stream()
        .filter(run -> run.month().getMonthValue() == month)
        .findFirst()
        .orElseThrow();
  }

  private PicsyncProcess start() throws IOException {
    return picsync("run").program(home.resolve("bin/picsync")).start();
  }
}

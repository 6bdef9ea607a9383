package io.picsync.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.delivery.Outbox;
import io.picsync.report.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionStepsTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  private static final Instant BEGIN = Instant.parse("2011-07-14T15:30:10Z");

  /** So many stay, whatever their age. */
  private static final int STAY = 50;

  private static Path reports(Path folder, String sync) throws IOException {
    Path reports = Files.createDirectories(folder.resolve(sync));
    for (int i = 0; i <= STAY; i++) {
      Files.writeString(reports.resolve(new RunId(sync, BEGIN.plusSeconds(i)) + ".json"), "{}");
    }
    return reports;
  }

  /** What stopped in the middle is found by its report, and keeps no other sync waiting. */
  @Test
  void reportGoesAfterItsLists(@TempDir Path reports) throws IOException {
    RunId oldest = new RunId("source1", BEGIN);
    Path report = reports(reports, "source1").resolve(oldest + ".json");
    Path list = report.resolveSibling(oldest + ".missing.jsonl.gz");
    Path other = reports(reports, "source2").resolve(new RunId("source2", BEGIN) + ".json");
    Files.createDirectories(list.resolve("in the way"));
    RetentionSteps retention =
        new RetentionSteps(
            reports,
            new Outbox(reports, false, NOW),
            Duration.ofDays(90),
            Optional.of(Duration.ofDays(365)),
            NOW);

    retention.delete();
    assertThat(report).exists();
    assertThat(other).doesNotExist();

    Files.delete(list.resolve("in the way"));
    retention.delete();
    assertThat(list).doesNotExist();
    assertThat(report).doesNotExist();
  }
}

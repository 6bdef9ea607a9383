package io.picsync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.delivery.Outbox;
import io.picsync.report.RunId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
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

  /** So many stay, whatever their age. */
  private static final int STAY = 50;

  /** What stopped in the middle is found by its report. */
  @Test
  void reportGoesAfterItsLists(@TempDir Path reports) throws IOException {
    Path folder = Files.createDirectories(reports.resolve("source1"));
    Instant begin = Instant.parse("2011-07-14T15:30:10Z");
    for (int i = 0; i <= STAY; i++) {
      Files.writeString(folder.resolve(new RunId("source1", begin.plusSeconds(i)) + ".json"), "{}");
    }
    RunId oldest = new RunId("source1", begin);
    Path list = folder.resolve(oldest + ".missing.jsonl.gz");
    Files.createDirectories(list.resolve("in the way"));
    RetentionSteps retention =
        new RetentionSteps(
            reports,
            new Outbox(reports, false, NOW),
            Duration.ofDays(90),
            Optional.of(Duration.ofDays(365)),
            NOW);

    assertThatThrownBy(retention::delete).isInstanceOf(DirectoryNotEmptyException.class);
    assertThat(folder.resolve(oldest + ".json")).exists();

    Files.delete(list.resolve("in the way"));
    retention.delete();
    assertThat(list).doesNotExist();
    assertThat(folder.resolve(oldest + ".json")).doesNotExist();
  }
}

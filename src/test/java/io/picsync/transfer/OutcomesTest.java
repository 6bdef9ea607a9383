package io.picsync.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.lists.ListReader;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Outcomes outcomes;
  private Instant now = NOON;

  @BeforeEach
  void make(@TempDir Path lists) {
    Clock clock =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    Run run =
        new Run(
            new SyncOptions(
                "source1", "old/a", "new/a", null, null, false, Duration.ZERO, 50, Duration.ZERO),
            Mode.sync,
            clock);
    outcomes = new Outcomes(lists, run, clock);
  }

  private static Outcome outcome(Outcome.Kind kind, String path, long bytes) {
    return new Outcome(kind, path, bytes, kind == Outcome.Kind.FAILED ? "No." : "");
  }

  @Test
  void whatHasNoOutcomeWasNotAttempted() throws IOException {
    outcomes.begin(5, 500);
    outcomes.add(outcome(Outcome.Kind.TRANSFERRED, "a.jpg", 100));
    outcomes.add(outcome(Outcome.Kind.FAILED, "b.jpg", 0));
    outcomes.add(outcome(Outcome.Kind.ALREADY_THERE, "c.jpg", 0));

    assertThat(outcomes.planned()).isEqualTo(5);
    assertThat(outcomes.plannedBytes()).isEqualTo(500);
    assertThat(outcomes.count(Outcome.Kind.FAILED)).isEqualTo(1);
    assertThat(outcomes.count(Outcome.Kind.VANISHED)).isZero();
    assertThat(outcomes.notAttempted()).isEqualTo(2);
    assertThat(outcomes.bytes()).isEqualTo(100);
  }

  @Test
  void timeIsTakenFromThePlanToTheEnd() {
    assertThat(outcomes.seconds()).isZero();
    outcomes.begin(1, 1);
    now = NOON.plus(Duration.ofMillis(1500));
    assertThat(outcomes.seconds()).isEqualTo(1.5);
    outcomes.end();
    now = NOON.plus(Duration.ofHours(1));
    assertThat(outcomes.seconds()).isEqualTo(1.5);
  }

  @Test
  void outcomeThatComesAfterTheEndIsRefused() {
    outcomes.begin(1, 1);
    outcomes.end();

    assertThatThrownBy(() -> outcomes.add(outcome(Outcome.Kind.TRANSFERRED, "late.jpg", 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("late.jpg");
  }

  @Test
  void listHasEveryOutcomeAndTheReasonOfAFailedOne() throws IOException {
    outcomes.begin(2501, 2501);
    for (int i : IntStream.range(0, 2500).toArray()) {
      outcomes.add(outcome(Outcome.Kind.TRANSFERRED, i + ".jpg", 1));
    }
    outcomes.add(outcome(Outcome.Kind.FAILED, "last.jpg", 0));
    Path list = outcomes.publish().orElseThrow();

    try (ListReader reader = new ListReader(list)) {
      assertThat(reader.next()).contains(Map.of("path", "0.jpg", "outcome", "transferred"));
      for (int i = 1; i < 2500; i++) {
        assertThat(reader.next()).isPresent();
      }
      assertThat(reader.next())
          .contains(Map.of("path", "last.jpg", "outcome", "failed", "reason", "No."));
      assertThat(reader.next()).isEmpty();
    }
    assertThat(outcomes.publish()).as("a second time").contains(list);
  }

  @Test
  void nothingPlannedIsNoList() throws IOException {
    assertThat(outcomes.publish()).isEmpty();
    assertThat(outcomes.notAttempted()).isZero();
  }
}

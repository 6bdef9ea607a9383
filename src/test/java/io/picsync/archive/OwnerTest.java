package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnerTest {
  @Test
  void runningProcessesNeverShareAnId(@TempDir Path reports) {
    try (Owner one = Owner.in(reports);
        Owner two = Owner.in(reports)) {
      assertThat(one.id()).isNotEqualTo(two.id());
      assertThat(one.isGone(two.id())).isFalse();
      assertThat(two.isGone(one.id())).isFalse();
      assertThat(one.isAlone()).isFalse();
    }
  }

  @Test
  void nextProcessTakesTheSameIdSoThatFilesDoNotGrow(@TempDir Path reports) throws IOException {
    Owner first = Owner.in(reports);
    first.close();
    for (int i = 0; i < 5; i++) {
      try (Owner next = Owner.in(reports)) {
        assertThat(next.id()).isEqualTo(first.id());
        assertThat(next.isAlone()).isTrue();
      }
    }
    try (Stream<Path> files = Files.list(reports)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void askingForALockNeverLosesIt(@TempDir Path reports) {
    try (Owner one = Owner.in(reports);
        Owner two = Owner.in(reports)) {
      for (int i = 0; i < 3; i++) {
        assertThat(one.isGone(two.id())).isFalse();
        assertThat(one.isAlone()).isFalse();
      }
    }
  }

  @Test
  void namesOfAGoneProcessAreStaleAndNobodyElses(@TempDir Path reports, @TempDir Path others) {
    String left;
    String elsewhere;
    try (Owner killed = Owner.in(reports);
        Owner foreign = Owner.in(others)) {
      left = new TemporaryNames(killed).of("a.jpg");
      elsewhere = new TemporaryNames(foreign).of("a.jpg");
    }
    try (Owner next = Owner.in(reports)) {
      TemporaryNames names = new TemporaryNames(next);
      assertThat(names.isStale(left)).isTrue();
      assertThat(names.isStale(names.of("a.jpg"))).as("of its own start").isFalse();
      assertThat(names.isStale(elsewhere)).as("of another installation").isFalse();
      assertThat(names.isStale(".a.jpg.part")).isFalse();

      String written;
      try (Owner alive = Owner.in(reports)) {
        written = new TemporaryNames(alive).of("a.jpg");
        assertThat(names.isStale(written)).as("of a live process").isFalse();
        assertThat(new TemporaryNames(alive).isStale(left)).as("its lock is held").isFalse();
      }
      assertThat(names.isStale(written)).as("when that process has ended, too").isTrue();
    }
  }

  @Test
  void unknownOwnerTakesNothingForStale(@TempDir Path reports) {
    String left;
    try (Owner killed = Owner.in(reports)) {
      left = new TemporaryNames(killed).of("a.jpg");
    }
    Owner unknown = Owner.in(reports.resolve("missing"));

    assertThat(new TemporaryNames(unknown).isStale(left)).isFalse();
    assertThat(unknown.isAlone()).isFalse();
  }
}

package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Owner;
import io.picsync.testing.LoggedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftoversTest {
  @Test
  void unfinishedReportsListsAndSpooledPicturesGo(@TempDir Path reports, @TempDir Path spool)
      throws IOException {
    Path list = file(reports.resolve("cam1/.R1.missing.jsonl.gz.picsync.part"));
    Path probe = file(reports.resolve(".writable-1.picsync.part"));
    Path report = file(reports.resolve("cam1/R0.json"));
    Path foreign = file(reports.resolve("cam1/.R0.json.Xy12"));
    try (Owner owner = Owner.in(reports)) {
      Leftovers leftovers = new Leftovers(owner, reports, spool);
      Path spooled = file(leftovers.ownSpool().resolve("picsync-1.spool"));
      Path others = file(spool.resolve("0123abcd/picsync-1.spool"));

      leftovers.remove();

      assertThat(list).doesNotExist();
      assertThat(probe).doesNotExist();
      assertThat(spooled).doesNotExist();
      assertThat(report).exists();
      assertThat(foreign).exists();
      assertThat(others).exists();
    }
  }

  @Test
  void whatARunningProcessWritesStays(@TempDir Path reports, @TempDir Path spool)
      throws IOException {
    Path list = file(reports.resolve("cam1/.R1.missing.jsonl.gz.picsync.part"));
    Path spooled;
    try (Owner next = Owner.in(reports)) {
      try (Owner running = Owner.in(reports)) {
        spooled =
            file(new Leftovers(running, reports, spool).ownSpool().resolve("picsync-1.spool"));
        new Leftovers(next, reports, spool).remove();
        assertThat(list).exists();
        assertThat(spooled).exists();
      }
      new Leftovers(next, reports, spool).remove();
      assertThat(list).doesNotExist();
      assertThat(spooled).doesNotExist();
    }
  }

  @Test
  void listsWithoutAReportGoAndOthersStay(@TempDir Path reports, @TempDir Path spool)
      throws IOException {
    Path orphan = file(reports.resolve("cam1/20261122T214758875Z-cam1.missing.jsonl.gz"));
    Path list = file(reports.resolve("cam1/20261122T214801652Z-cam1.missing.jsonl.gz"));
    Path report = file(reports.resolve("cam1/20261122T214801652Z-cam1.json"));
    Path foreign = file(reports.resolve("cam1/mine.missing.jsonl.gz"));
    try (Owner next = Owner.in(reports);
        LoggedLines log = LoggedLines.informing()) {
      try (Owner running = Owner.in(reports)) {
        assertThat(running.id()).isNotEqualTo(next.id());
        new Leftovers(next, reports, spool).remove();
        assertThat(orphan).exists();
        assertThat(log.lines()).isEmpty();
      }
      new Leftovers(next, reports, spool).remove();
      assertThat(log.lines())
          .filteredOn(line -> line.contains("left no report"))
          .singleElement()
          .asString()
          .endsWith("run=20261122T214758875Z-cam1");
    }
    assertThat(orphan).doesNotExist();
    assertThat(list).exists();
    assertThat(report).exists();
    assertThat(foreign).exists();
  }

  private static Path file(Path path) throws IOException {
    Files.createDirectories(path.resolveSibling("."));
    return Files.createFile(path);
  }
}

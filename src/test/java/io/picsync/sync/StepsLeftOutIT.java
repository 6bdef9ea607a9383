package io.picsync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync's route that an operator edited and that lacks a step now. */
final class StepsLeftOutIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path root;

  @BeforeEach
  void onePictureIsMissing(@TempDir Path folder) throws Exception {
    home = folder.resolve("home");
    root = Files.createDirectories(folder.resolve("servers"));
    Files.createDirectories(root.resolve("new"));
    Trees.put(root, "old/20110714/a.jpg", Trees.picture(1, 100), TAKEN);
  }

  private PicsyncContext start(String... steps) throws Exception {
    String yaml =
        """
        - route:
            id: source1
            group: syncs
            description: An edited sync.
            from:
              uri: sync:source1
              parameters:
                source: both/old
                destination: both/new
              steps:
        """;
    String all =
        Stream.of(steps)
            .map("        - to:\n            uri: direct:%s\n"::formatted)
            .collect(Collectors.joining());
    return PicsyncContext.at(home).server("both", root).sync("source1", yaml + all).start();
  }

  @Test
  void syncWithoutItsTransferDoesNotPassForOneThatDidIt() throws Exception {
    try (PicsyncContext picsync = start("compare", "report");
        LoggedLines log = LoggedLines.warnings()) {
      StoredReport report = picsync.run("source1", Mode.sync);

      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.cause()).contains("no step direct:transfer", "1 missing pictures");
      assertThat(log.lines()).singleElement().asString().contains("WARN Run ends", report.cause());

      assertThat(picsync.run("source1", Mode.check).status()).isEqualTo("completed");
      Trees.put(root, "new/20110714/a.jpg", Trees.picture(1, 100), TAKEN);
      assertThat(picsync.run("source1", Mode.sync).status())
          .as("nothing is left to transfer")
          .isEqualTo("completed");
    }
  }

  @Test
  void syncWithoutItsComparisonDoesNotPassForOneThatFoundNothing() throws Exception {
    try (PicsyncContext picsync = start("transfer", "report")) {
      StoredReport report = picsync.run("source1", Mode.sync);

      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.cause()).contains("no step direct:compare");
    }
  }

  @Test
  void syncWithoutItsReportSaysSo() throws Exception {
    try (PicsyncContext picsync = start("compare", "transfer");
        LoggedLines log = LoggedLines.warnings()) {
      Run run = picsync.ended(picsync.sync("source1").start(Mode.sync));

      assertThat(run.status()).isEqualTo(RunStatus.incomplete);
      assertThat(run.cause()).contains("no step direct:report");
      assertThat(log.lines().get(0)).contains("ERROR Run ended without a report");
      assertThat(root.resolve("new/20110714/a.jpg")).exists();
    }
  }
}

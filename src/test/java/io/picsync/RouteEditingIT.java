package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.sync.Mode;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edits of docs/route-editing.md, made to the real route. The YAML is read from that page. */
final class RouteEditingIT {
  private static final String ROUTE = "transfer.camel.yaml";
  private static final int PICTURES = 24;

  private Path home;
  private Path root;
  private Path copies;
  private SortedMap<String, String> source;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    copies = folder.resolve("copies");
    Trees.dayFolders(root.resolve("old"), LocalDate.of(2011, 7, 14), 1, PICTURES, i -> 3000 + i);
    source = Trees.snapshotWithTimes(root.resolve("old"));
    Files.createDirectories(root.resolve("new"));
  }

  private static String snippet(String name) throws IOException {
    String page = Files.readString(Path.of("docs/route-editing.md"));
    String fence = "```yaml " + name + "\n";
    int from = page.indexOf(fence) + fence.length();
    assertThat(from).as("snippet %s", name).isGreaterThan(fence.length());
    return page.substring(from, page.indexOf("```", from));
  }

  /**
   * @param memory 1KB puts the pictures into the spool, 1MB keeps them in memory
   */
  private PicsyncContext start(String edit, String memory) throws Exception {
    String shipped = snippet("shipped");
    String edited = snippet(edit);
    return PicsyncContext.at(home)
        .server("disk", root)
        .set("copies.folder", copies.toString())
        .set("picsync.transfer.memory", memory)
        .set("picsync.transfer.spool", home.resolve("spool").toString())
        .edit(ROUTE, text -> text.replace(shipped, edited))
        .sync("source1", "disk/old", "disk/new")
        .start();
  }

  private SortedMap<String, String> stored() throws IOException {
    return Trees.snapshotWithTimes(root.resolve("new"));
  }

  @Test
  void pageShowsTheRouteAsItIsShipped() throws IOException {
    assertThat(Files.readString(PicsyncContext.ROUTES.resolve(ROUTE))).contains(snippet("shipped"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KB", "1MB"})
  void stepBetweenFetchAndStoreSeesEachPicture(String memory) throws Exception {
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync = start("step", memory)) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(stored()).isEqualTo(source);
      assertThat(log.lines())
          .hasSize(PICTURES)
          .contains("WARN on its way: 20110714/20110714030000.jpg, 3003 bytes");
    }
  }

  @Test
  void picturesThatAStepStopsAreNotAttempted() throws Exception {
    try (PicsyncContext picsync = start("by-hour", "1MB")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.notAttempted()).isEqualTo(10);
      assertThat(report.transferred()).isEqualTo(14);
      assertThat(stored().keySet())
          .hasSize(14)
          .contains("20110714/20110714060000.jpg", "20110714/20110714190000.jpg");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KB", "1MB"})
  void otherEndpointTakesThePicturesInsteadOfStore(String memory) throws Exception {
    try (PicsyncContext picsync = start("instead", memory)) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(Trees.snapshotWithTimes(copies)).isEqualTo(source);
      assertThat(stored()).isEmpty();
      assertThat(Trees.snapshot(spool())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KB", "1MB"})
  void otherEndpointTakesThePicturesBesideStore(String memory) throws Exception {
    try (PicsyncContext picsync = start("beside", memory)) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(Trees.snapshotWithTimes(copies)).isEqualTo(source);
      assertThat(stored()).isEqualTo(source);
      assertThat(Trees.snapshot(spool())).isEmpty();
    }
  }

  @Test
  void pictureIsNotTransferredWhenTheSinkBesideStoreFails() throws Exception {
    Files.writeString(copies, "a file where the folder should be");
    try (PicsyncContext picsync = start("beside", "1MB")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.failed()).isEqualTo(PICTURES);
      assertThat(stored()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1KB", "1MB"})
  void wireTapTakesThePicturesOnItsOwnWay(String memory) throws Exception {
    try (PicsyncContext picsync = start("wire-tap", memory)) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(stored()).isEqualTo(source);
      await().untilAsserted(() -> assertThat(copied()).isEqualTo(source));
      await().untilAsserted(() -> assertThat(Trees.snapshot(spool())).isEmpty());
    }
  }

  private SortedMap<String, String> copied() throws IOException {
    return Trees.snapshotWithTimes(copies);
  }

  private Path spool() throws IOException {
    return Files.createDirectories(home.resolve("spool"));
  }

  @Test
  void routeOfTheOperatorsOwnFailsThePictureAndNotTheRun() throws Exception {
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .set("picsync.transfer", "direct:own")
            .sync("source1", "disk/old", "disk/new")
            .sync(
                "own",
                """
                - route:
                    id: own
                    routeConfigurationId: picture
                    from:
                      uri: direct:own
                      steps:
                        - throwException:
                            exceptionType: java.io.IOException
                            message: Not today.
                """)
            .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.failed()).isEqualTo(PICTURES);
      assertThat(report.paths("outcomes")).isEqualTo(List.copyOf(source.keySet()));
      assertThat(report.cause()).contains("Not today.");
    }
  }
}

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
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edits of docs/route-editing.md, made to the real route. The YAML is read from that page. */
final class RouteEditingIT {
  private static final String ROUTE = "transfer.camel.yaml";
  private static final int PICTURES = 24;
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

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
    return snippet("yaml", name);
  }

  private static String snippet(String language, String name) throws IOException {
    String page = Files.readString(Path.of("docs/route-editing.md"));
    String fence = "```" + language + " " + name + "\n";
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
    assertThat(Files.readString(PicsyncContext.ROUTES.resolve(ROUTE)))
        .contains(snippet("shipped"), snippet("plan"));
    assertThat(Files.readString(PicsyncContext.ROUTES.resolve("report.camel.yaml")))
        .contains(snippet("deliver"));
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

  @Test
  void newestPicturesComeFirst() throws Exception {
    Trees.put(root.resolve("old"), "aside/20990101000000.jpg", Trees.picture(1, 300), TAKEN);
    String shipped = snippet("plan");
    String edited = snippet("newest-first");
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .set("picsync.transfer.threads", "1")
            .edit(ROUTE, text -> text.replace(shipped, edited))
            .sync("source1", "disk/old", "disk/new")
            .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.transferred()).isEqualTo(PICTURES + 1);
      assertThat(report.lines("outcomes"))
          .extracting(line -> line.path("path").asText())
          .startsWith("aside/20990101000000.jpg", "20110714/20110714230000.jpg")
          .endsWith("20110714/20110714000000.jpg");
    }
  }

  @Test
  void reportForKafkaHasItsSyncAsKey() throws Exception {
    String shipped = snippet("deliver");
    String edited = snippet("kafka-key");
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync =
            PicsyncContext.at(home)
                .server("disk", root)
                .set("picsync.report.endpoint", "direct:broker")
                .edit("report.camel.yaml", text -> text.replace(shipped, edited))
                .sync("source1", "disk/old", "disk/new")
                .sync(
                    "broker",
                    """
                    - route:
                        id: broker
                        from:
                          uri: direct:broker
                          steps:
                            - log:
                                loggingLevel: WARN
                                message: "key ${header[kafka.KEY]}"
                    """)
                .start()) {
      picsync.run("source1", Mode.sync);
      assertThat(log.lines()).contains("WARN key source1");
    }
  }

  /** No broker runs here: the endpoint is one that camel-kafka understands. */
  @Test
  void endpointOfKafkaIsUnderstood() throws IOException {
    String uri =
        snippet("properties", "kafka").strip().replaceFirst("picsync.report.endpoint=", "");

    assertThat(
            new DefaultCamelCatalog()
                .validateEndpointProperties(uri.replace("{{env:KAFKA_LOGIN}}", "x")))
        .returns(true, EndpointValidationResult::isSuccess);
  }
}

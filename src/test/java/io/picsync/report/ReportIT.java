package io.picsync.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.Fault;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports stay light, are stored first and then delivered. */
final class ReportIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path home;
  private Path root;
  private Path source;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    source = Files.createDirectories(root.resolve("source"));
    Files.createDirectories(root.resolve("destination"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private PicsyncContext.Builder builder() {
    return PicsyncContext.at(home)
        .server("disk", root)
        .sync("source1", "disk/source", "disk/destination");
  }

  @Test
  void hundredUntrustedFoldersWithLongNamesFitIntoTheReport() throws Exception {
    ScriptedFtpServer server = ScriptedFtpServer.start();
    open.add(server);
    for (int i = 0; i < 100; i++) {
      server.makeFolder("pictures/%03d %s".formatted(i, "ä\"\\".repeat(60)));
    }
    server.fault(
        "MLSD",
        1,
        Fault.listingPlus(
            "type=file;size=1000000000000000; a.jpg", "type=file;size=999999999999999; b.raw"));
    server.fault("MLSD", 1000, Fault.reply("550 \u0001\u0002\"\\" + "ü€".repeat(1000)));
    try (PicsyncContext picsync =
        builder()
            .server("old", server)
            .sync("source1", "old/pictures", "disk/destination")
            .start()) {
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.status()).as(report.cause()).isEqualTo("incomplete");
      assertThat(report.untrusted()).isEqualTo(100);
      assertThat(report.json().at("/untrusted/first")).isNotEmpty();
      assertThat(report.number("/result/destination/files/missing/size/jpg"))
          .isEqualTo(1_000_000_000_000_000L);
    }
  }

  @ParameterizedTest
  @CsvSource({"8640, 1", "58343, 10"})
  void missingListCostsAtMostTenBytesAPicture(int pictures, int days) throws Exception {
    Random random = new Random(pictures);
    DateTimeFormatter name = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");
    LocalDateTime taken = LocalDate.of(2011, 7, 14).atStartOfDay();
    long seconds = 86_400L * days / pictures;
    for (int i = 0; i < pictures; i++) {
      String file = name.format(taken.plusSeconds(i * seconds)) + ".jpg";
      Path folder = source.resolve(file.substring(0, 8));
      if (i == 0 || !Files.exists(folder)) {
        Files.createDirectories(folder);
      }
      try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve(file).toFile(), "rw")) {
        sparse.setLength(1_500_000L + random.nextInt(4_000_000));
      }
      Files.setLastModifiedTime(folder.resolve(file), FileTime.from(TAKEN));
    }
    try (PicsyncContext picsync = builder().start()) {
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.missingInDestination()).isEqualTo(pictures);
      assertThat(report.lines("missing")).hasSize(pictures);
      assertThat(Files.size(report.list("missing"))).isLessThanOrEqualTo(10L * pictures);
    }
  }

  @Test
  void nothingOfAReportIsVisibleBeforeItIsWhole() throws Exception {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    try (PicsyncContext picsync = builder().start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(files(picsync.reports().resolve("source1")))
          .containsExactlyInAnyOrder(
              report.text("/run") + ".json",
              report.text("/run") + ".missing.jsonl.gz",
              report.text("/run") + ".outcomes.jsonl.gz");
    }
  }

  @Test
  void reportIsDeliveredToAFolderAsWell() throws Exception {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    Path inbox = home.resolve("in box");
    try (PicsyncContext picsync =
        builder().set("picsync.report.endpoint", "file:" + inbox).start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(inbox.resolve("source1").resolve(report.file().getFileName()))
          .hasSameBinaryContentAs(report.file());
    }
  }

  @Test
  void reportIsStoredFirstAndSentAgainUntilTheEndpointTakesIt() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    HttpServer http = http();
    http.createContext(
        "/reports",
        call -> {
          received.add(
              "%s %s stored=%s %s"
                  .formatted(
                      call.getRequestMethod(),
                      call.getRequestHeaders().getFirst("Content-Type"),
                      files(home.resolve("reports/source1")).stream()
                          .anyMatch(file -> file.endsWith(".json")),
                      new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          call.sendResponseHeaders(received.size() < 4 ? 503 : 204, -1);
          call.close();
        });
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync =
            builder().set("picsync.report.endpoint", uri(http) + "/reports").start()) {
      StoredReport report = picsync.run("source1", Mode.check);
      String sent = "POST application/json stored=true " + Files.readString(report.file());
      assertThat(received).hasSize(4).containsOnly(sent);
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void endpointThatStaysDownLosesNothingAndTheLogSaysSo() throws Exception {
    HttpServer http = http();
    List<String> received = new CopyOnWriteArrayList<>();
    http.createContext(
        "/reports",
        call -> {
          received.add(call.getRequestMethod());
          call.sendResponseHeaders(503, -1);
          call.close();
        });
    String endpoint =
        uri(http) + "/reports?authMethod=Basic&authUsername=camera&authPassword=geheim";
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync = builder().set("picsync.report.endpoint", endpoint).start()) {
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.status()).isEqualTo("completed");
      assertThat(received).as("tries").hasSizeGreaterThanOrEqualTo(4);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("stored and not delivered", report.text("/run"), uri(http), "503")
          .doesNotContain("geheim");
    }
  }

  @Test
  void endpointThatIsNotThereLosesNothing() throws Exception {
    HttpServer http = http();
    http.stop(0);
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync =
            builder().set("picsync.report.endpoint", uri(http) + "/reports").start()) {
      assertThat(picsync.run("source1", Mode.check).status()).isEqualTo("completed");
      assertThat(log.lines()).singleElement().asString().contains("stored and not delivered");
    }
  }

  @Test
  void stepBehindAReportThatFailsIsInTheReport() throws Exception {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    try (PicsyncContext picsync =
        builder()
            .sync(
                "source1",
                """
                - route:
                    id: source1
                    from:
                      uri: sync:source1
                      parameters:
                        source: disk/source
                        destination: disk/destination
                      steps:
                        - to:
                            uri: direct:compare
                        - to:
                            uri: direct:transfer
                        - to:
                            uri: direct:report
                        - throwException:
                            exceptionType: java.io.IOException
                            message: The lamp could not be switched off.
                """)
            .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("failed");
      assertThat(report.cause()).contains("The lamp could not be switched off.");
      assertThat(report.transferred()).isEqualTo(1);
      assertThat(report.paths("outcomes")).containsExactly("20110714/a.jpg");
    }
  }

  private HttpServer http() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    open.add(() -> http.stop(0));
    return http;
  }

  private static String uri(HttpServer http) {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }
}

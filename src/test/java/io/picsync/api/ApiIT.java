package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.sync.Mode;
import io.picsync.testing.CheckedApi;
import io.picsync.testing.Handles;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers, each answer held against the OpenAPI document. */
final class ApiIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final String PASSWORD = "only-for-tests";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path home;
  private Path root;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    Files.createDirectories(root.resolve("old"));
    Files.createDirectories(root.resolve("new"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  private PicsyncContext start() throws Exception {
    PicsyncContext picsync =
        PicsyncContext.at(home)
            .api()
            .server("disk", root)
            .set("picsync.api.operator.password", PASSWORD)
            .sync("source1", "disk/old", "disk/new")
            .start();
    open.add(picsync);
    return picsync;
  }

  private static CheckedApi operator(PicsyncContext picsync) {
    return new CheckedApi(picsync.api()).as("operator", PASSWORD).changing();
  }

  private void ready(CheckedApi api) {
    await().until(() -> api.json("/api/index").path("state").asText().equals("ready"));
  }

  @Test
  void everythingIsAnsweredAsTheDocumentSays() throws Exception {
    Trees.dayFolders(root.resolve("old"), LocalDate.of(2011, 7, 14), 2, 24, i -> 3000 + i);
    PicsyncContext picsync = start();
    CheckedApi api = new CheckedApi(picsync.api());
    StoredReport report = picsync.run("source1", Mode.sync);
    String run = report.text("/run");

    assertThat(api.json("/api/openapi.json").at("/info/title").asText()).isEqualTo("picsync");
    assertThat(api.json("/api/health").path("status").asText()).isEqualTo("up");
    assertThat(api.json("/api/syncs").at("/syncs/0/last/transferred/count").asLong()).isEqualTo(48);
    JsonNode sync = api.json("/api/syncs/source1");
    assertThat(sync.path("state").asText()).isEqualTo("idle");
    assertThat(sync.at("/missing/count").asLong(-1)).isZero();
    assertThat(sync.has("oldestMissing")).isFalse();
    assertThat(api.json("/api/progress").path("runs")).isEmpty();
    assertThat(api.json("/api/syncs/source1/preview").at("/transfer/count").asLong(-1)).isZero();
    assertThat(api.json("/api/reports").at("/reports/0/run").asText()).isEqualTo(run);
    assertThat(api.get("/api/reports/" + run).body()).isEqualTo(Files.readAllBytes(report.file()));
    assertThat(api.json("/api/reports/" + run + "/lists/missing/lines").path("lines")).hasSize(48);
    CheckedApi.Answer list = api.get("/api/reports/" + run + "/lists/outcomes");
    assertThat(list.body()).isEqualTo(Files.readAllBytes(report.list("outcomes")));
    assertThat(list.header("Content-Disposition")).contains(run + ".outcomes.jsonl.gz");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(list.body())).readAllBytes())
        .isNotEmpty();
    assertThat(api.json("/api/syncs/source1/calendar?from=2011-07-14&to=2011-07-15").path("days"))
        .hasSize(2)
        .allMatch(day -> day.path("state").asText().equals("captured"));
  }

  @Test
  void oldestMissingPictureIsToldAndTheCalendarShowsItsDay() throws Exception {
    Trees.dayFolders(root.resolve("old"), LocalDate.of(2011, 7, 14), 2, 24, i -> 3000 + i);
    Trees.dayFolders(root.resolve("new"), LocalDate.of(2011, 7, 14), 1, 24, i -> 3000 + i);
    Files.delete(root.resolve("new/20110714/20110714050000.jpg"));
    PicsyncContext picsync = start();
    picsync.run("source1", Mode.check);
    JsonNode sync = new CheckedApi(picsync.api()).json("/api/syncs/source1");
    assertThat(sync.at("/missing/count").asLong()).isEqualTo(25);
    assertThat(sync.at("/oldestMissing/path").asText()).isEqualTo("20110714/20110714050000.jpg");
    assertThat(sync.at("/oldestMissing/captured").asText()).isEqualTo("2011-07-14T05:00:00");
    JsonNode days =
        new CheckedApi(picsync.api())
            .json("/api/syncs/source1/calendar?from=2011-07-14&to=2011-07-15")
            .path("days");
    assertThat(days.at("/0/missing").asLong()).isEqualTo(1);
    assertThat(days.at("/0/captured").asLong()).isEqualTo(24);
    assertThat(days.at("/1/missing").asLong()).isEqualTo(24);
  }

  @Test
  void answersThatOneHasCostNothingAgain() throws Exception {
    PicsyncContext picsync = start();
    picsync.run("source1", Mode.check);
    CheckedApi api = new CheckedApi(picsync.api());
    ready(api);
    for (String path :
        List.of("/api/syncs", "/api/progress", "/api/reports", "/api/syncs/source1")) {
      CheckedApi.Answer first = api.get(path);
      CheckedApi.Answer again = api.with("If-None-Match", first.header("ETag")).get(path);
      assertThat(again.status()).as(path).isEqualTo(304);
      assertThat(again.body()).isEmpty();
    }
    String tag = api.get("/api/syncs").header("ETag");
    picsync.run("source1", Mode.check);
    assertThat(api.with("If-None-Match", tag).get("/api/syncs").status()).isEqualTo(200);
  }

  @Test
  void reportsComePageByPageTheNewestFirst() throws Exception {
    PicsyncContext picsync = start();
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      runs.add(0, picsync.run("source1", Mode.check).text("/run"));
    }
    CheckedApi api = new CheckedApi(picsync.api());
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = api.json("/api/reports?limit=3" + next);
      page.path("reports").forEach(report -> paged.add(report.path("run").asText()));
      next = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!next.isEmpty());
    assertThat(paged).isEqualTo(runs);
    assertThat(api.json("/api/reports?status=failed,cancelled").path("reports")).isEmpty();
    assertThat(api.json("/api/reports?sync=other").path("reports")).isEmpty();
    assertThat(api.json("/api/reports?to=2011-07-14T00:00:00Z").path("reports")).isEmpty();
  }

  @Test
  void badParametersAreRefusedWithWhatIsWanted() throws Exception {
    PicsyncContext picsync = start();
    String run = picsync.run("source1", Mode.check).text("/run");
    CheckedApi api = new CheckedApi(picsync.api());
    for (String path :
        List.of(
            "/api/reports?limit=0",
            "/api/reports?limit=101",
            "/api/reports?limit=3&limit=4",
            "/api/reports?status=dead",
            "/api/reports?from=yesterday",
            "/api/reports?from=-999999999-01-01T00:00:00Z",
            "/api/reports?to=%2B999999999-01-01T00:00:00Z",
            "/api/reports?cursor=..%2F..%2Fetc",
            "/api/reports?sync=..%2F..",
            "/api/syncs/source1/calendar?from=14.7.2011",
            "/api/reports/20111314T000000000Z-source1")) {
      CheckedApi.Answer answer = api.get(path);
      assertThat(answer.status()).as(path).isIn(400, 200);
      if (!path.contains("calendar")) {
        assertThat(answer.text("/type")).as(path).isEqualTo("urn:picsync:problem:bad-request");
        assertThat(answer.text("/detail")).as(path).isNotBlank();
      }
    }
    for (String path :
        List.of(
            "/api/syncs/nix",
            "/api/nix",
            "/api/reports/20111114T000000000Z-source1",
            "/api/reports/" + run + "/lists/secrets",
            "/api/reports/" + run + "/lists/missing",
            "/api/reports/..%2F..%2F..%2Fetc%2Fpasswd",
            "/api/%2e%2e/%2e%2e/etc/passwd")) {
      CheckedApi.Answer answer = api.get(path);
      assertThat(answer.status()).as(path).isIn(404, 400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void scheduleIsToldWithItsTimeZoneHoursAndBandwidth() throws Exception {
    PicsyncContext picsync =
        PicsyncContext.at(home)
            .api()
            .server("disk", root)
            .sync(
                "source1",
                "disk/old",
                "disk/new",
                "cron=0 0 3 1 1 ?",
                "timeZone=Europe/Vienna",
                "blackout=08:00-18:00",
                "bandwidth=2MB/s")
            .start();
    open.add(picsync);
    JsonNode sync = new CheckedApi(picsync.api()).json("/api/syncs/source1");
    assertThat(sync.path("timeZone").asText()).isEqualTo("Europe/Vienna");
    assertThat(sync.path("blackout").asText()).isEqualTo("08:00-18:00");
    assertThat(sync.path("bandwidth").asText()).isEqualTo("2MB/s");
  }

  @Test
  void syncThatIsGoneIsForgottenWithTheFolderOfItsReports() throws Exception {
    PicsyncContext picsync = start();
    CheckedApi api = new CheckedApi(picsync.api());
    StoredReport report = picsync.run("source1", Mode.check);
    picsync.context().getRouteController().stopRoute("source1");
    picsync.context().removeRoute("source1");
    await().until(() -> api.json("/api/syncs").at("/syncs/0/state").asText().equals("removed"));

    assertThat(report.file()).exists();
    FileUtils.deleteDirectory(home.resolve("reports/source1").toFile());
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> api.json("/api/syncs").path("syncs").isEmpty());
    assertThat(api.json("/api/reports").path("reports")).isEmpty();
  }

  /** A filter that is misspelt would answer everything. */
  @Test
  void parameterThatIsNotKnownIsRefused() throws Exception {
    CheckedApi api = new CheckedApi(start().api());
    for (String path :
        List.of("/api/reports?satus=failed", "/api/syncs/source1/calendar?year=2011")) {
      CheckedApi.Answer answer = api.get(path);
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.text("/detail")).contains("There is no parameter '", "; there are ");
    }
    assertThat(api.get("/api/reports?status=failed").status()).isEqualTo(200);
  }

  @Test
  void runIsStartedWatchedPausedAndCancelled() throws Exception {
    Trees.dayFolders(root.resolve("old"), LocalDate.of(2011, 7, 14), 20, 24, i -> 3000 + i);
    PicsyncContext picsync =
        PicsyncContext.at(home)
            .api()
            .server("disk", root)
            .set("picsync.api.operator.password", PASSWORD)
            .set("picsync.transfer.threads", "1")
            .edit(
                "transfer.camel.yaml",
                text ->
                    text.replace(
                        "        - toD:\n            id: store",
                        "        - delay:\n            expression:\n              constant:\n                expression: \"20\"\n        - toD:\n            id: store"))
            .sync("source1", "disk/old", "disk/new")
            .start();
    open.add(picsync);
    CheckedApi api = operator(picsync);
    CheckedApi.Answer started = api.post("/api/syncs/source1/start", "{\"mode\":\"sync\"}");
    assertThat(started.status()).isEqualTo(202);
    String run = started.text("/run");
    assertThat(api.post("/api/syncs/source1/start", "{\"mode\":\"sync\"}").status()).isEqualTo(409);
    await().until(() -> api.json("/api/progress").at("/runs/0/done/count").asLong() > 2);
    assertThat(
            api.post("/api/syncs/source1/cancel", "{\"run\":\"20111114T000000000Z-source1\"}")
                .status())
        .as("cancelling another run")
        .isEqualTo(409);
    String which = "{\"run\":\"" + run + "\"}";
    assertThat(api.post("/api/syncs/source1/pause", which).text("/state")).isEqualTo("paused");
    assertThat(api.json("/api/syncs/source1").path("state").asText()).isEqualTo("paused");
    assertThat(api.post("/api/syncs/source1/resume", which).status()).isEqualTo(202);
    assertThat(api.post("/api/syncs/source1/cancel", which).status()).isEqualTo(202);
    await()
        .untilAsserted(
            () -> {
              JsonNode now = api.json("/api/syncs/source1");
              assertThat(now.at("/last/status").asText()).as("%s", now).isEqualTo("cancelled");
            });
    JsonNode sync = api.json("/api/syncs/source1");
    long remaining = sync.at("/last/remaining").asLong();
    assertThat(remaining).as("%s", sync).isPositive().isEqualTo(sync.at("/missing/count").asLong());
    assertThat(Files.exists(root.resolve("new").resolve(sync.at("/oldestMissing/path").asText())))
        .as("the oldest missing picture, %s, at the destination", sync.at("/oldestMissing"))
        .isFalse();
    assertThat(api.post("/api/syncs/source1/cancel", which).status()).isEqualTo(409);
    assertThat(api.post("/api/syncs/source1/acknowledge", "").status()).isEqualTo(409);
    assertThat(api.post("/api/syncs/nix/start", "{\"mode\":\"check\"}").status()).isEqualTo(404);
    for (String body :
        List.of("", "{}", "[]", "{\"mode\":\"delete\"}", "{\"mode\":\"check\",\"x\":1}")) {
      assertThat(api.post("/api/syncs/source1/start", body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void aRunThatCouldNotStoreItsReportIsNotPassedOver() throws Exception {
    PicsyncContext picsync = start();
    CheckedApi api = operator(picsync);
    ready(api);
    Path inTheWay = home.resolve("reports/source1");
    Files.createDirectories(home.resolve("reports"));
    Files.writeString(inTheWay, "");

    assertThat(api.post("/api/syncs/source1/start", "{\"mode\":\"check\"}").status())
        .isEqualTo(202);
    await().until(() -> api.json("/api/syncs/source1").at("/unreported").isTextual());
    assertThat(api.json("/api/syncs").at("/syncs/0/unreported").asText()).contains("source1");

    Files.delete(inTheWay);
    api.post("/api/syncs/source1/start", "{\"mode\":\"check\"}");
    await().until(() -> api.json("/api/syncs/source1").at("/last/status").isTextual());
    assertThat(api.json("/api/syncs/source1").has("unreported")).isFalse();
  }

  @Test
  void aBodyThatIsSentAsAFormIsToldWhatToSend() throws Exception {
    CheckedApi.Answer answer =
        new CheckedApi(start().api())
            .as("operator", PASSWORD)
            .with("X-Picsync", "1", "Content-Type", "application/x-www-form-urlencoded")
            .post("/api/syncs/source1/start", "{\"mode\":\"check\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().toString()).contains("Content-Type: application/json");
  }

  @Test
  void hostileNamesComeThroughAsDataAndAreFound() throws Exception {
    String script = "<script>alert(1)</script>\"'&.jpg";
    List<String> names = List.of(script, "Ä ö\u2028.jpg", "a b%2Fc#?.jpg", "}],\"next\":\"1.jpg");
    for (String name : names) {
      Trees.put(root.resolve("old"), "20110714/" + name, Trees.picture(1, 100), TAKEN);
    }
    PicsyncContext picsync = start();
    String run = picsync.run("source1", Mode.check).text("/run");
    CheckedApi api = new CheckedApi(picsync.api());
    String lines = "/api/reports/" + run + "/lists/missing/lines";
    List<String> paths = new ArrayList<>();
    api.json(lines).path("lines").forEach(line -> paths.add(line.path("path").asText()));
    assertThat(paths)
        .containsExactlyInAnyOrderElementsOf(
            names.stream().map(name -> "20110714/" + name).toList());
    CheckedApi.Answer found = api.get(lines + "?text=%3CSCRIPT%3E");
    assertThat(found.json().path("lines")).hasSize(1);
    assertThat(found.header("Content-Type")).isEqualTo("application/json");
    assertThat(found.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(found.header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void clientThatGoesAwayInTheMiddleOfAListLeavesNoFileOpen() throws Exception {
    Trees.put(root.resolve("old"), "20110714/a.jpg", Trees.picture(1, 100), TAKEN);
    PicsyncContext picsync = start();
    StoredReport report = picsync.run("source1", Mode.check);
    Path list = report.list("missing");
    try (RandomAccessFile large = new RandomAccessFile(list.toFile(), "rw")) {
      large.setLength(64 << 20); // more than sockets hold
    }
    URI address = picsync.api();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/reports/"
                      + report.text("/run")
                      + "/lists/missing HTTP/1.1\r\nHost: localhost\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readNBytes(100_000)).hasSize(100_000);
      assertThat(Handles.of(list)).as("while it is being sent").isEqualTo(1);
    }
    await().untilAsserted(() -> assertThat(Handles.of(list)).isZero());
  }

  @Test
  void damagedAndForeignFilesAreNamedAndPassedOver() throws Exception {
    String run;
    try (PicsyncContext before = start()) {
      run = before.run("source1", Mode.check).text("/run");
    }
    Path folder = home.resolve("reports/source1");
    Files.writeString(folder.resolve("20261122T164543123Z-source1.json"), "{\"schema\":1,");
    Files.copy(folder.resolve(run + ".json"), folder.resolve("20261122T164543124Z-source1.json"));
    Files.write(folder.resolve("20261122T164543125Z-source1.json"), new byte[0]);
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("2011-07.zip"), "no zip");
    Files.createDirectories(home.resolve("reports/not a sync"));
    PicsyncContext picsync = start();
    CheckedApi api = new CheckedApi(picsync.api());
    ready(api);
    assertThat(api.json("/api/edits").toString())
        .isEqualTo("{\"refused\":[],\"standing\":[],\"waiting\":[]}");
    JsonNode index = api.json("/api/index");
    assertThat(index.path("reports").asLong()).isEqualTo(1);
    List<String> files = new ArrayList<>();
    index.path("files").forEach(file -> files.add(file.path("file").asText()));
    assertThat(files)
        .containsExactly(
            "source1/2011-07.zip",
            "source1/20261122T164543123Z-source1.json",
            "source1/20261122T164543124Z-source1.json",
            "source1/20261122T164543125Z-source1.json",
            "source1/notes.txt");
    assertThat(api.json("/api/reports").path("reports")).hasSize(1);
    assertThat(api.json("/api/syncs/source1").at("/last/run").asText()).isEqualTo(run);
  }
}

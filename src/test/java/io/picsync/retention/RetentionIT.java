package io.picsync.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.picsync.lists.WholeFile;
import io.picsync.report.RunId;
import io.picsync.sync.Mode;
import io.picsync.testing.CheckedApi;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old reports go into bundles, and stay readable there, whatever happens on the way. */
final class RetentionIT {
  private static final Instant JULY = Instant.parse("2011-07-14T00:00:00Z");
  private static final int OLD = 60;

  /** So many of each sync stay files of their own. */
  private static final int STAY = 50;

  private Path home;
  private Path root;
  private Path folder;

  @BeforeEach
  void makeArchives(@TempDir Path made) throws IOException {
    home = made.resolve("home");
    root = made.resolve("server");
    folder = home.resolve("reports/source1");
    Trees.dayFolders(root.resolve("old"), LocalDate.of(2011, 7, 14), 1, 24, i -> 3000 + i);
    Files.createDirectories(root.resolve("new"));
  }

  private PicsyncContext.Builder builder() {
    return PicsyncContext.at(home)
        .api()
        .server("disk", root)
        .sync("source1", "disk/old", "disk/new")
        .edit("retention.camel.yaml", text -> text.replace("delay: \"60000\"", "delay: \"100\""));
  }

  /** Reports with lists, one an hour, as runs of July 2011 would have stored them. */
  private Map<String, byte[]> makeOldReports() throws Exception {
    StoredReport model;
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .sync("source1", "disk/old", "disk/new")
            .start()) {
      model = picsync.run("source1", Mode.check);
    }
    ObjectMapper mapper = new ObjectMapper();
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < OLD; i++) {
      String run = new RunId("source1", JULY.plus(Duration.ofHours(i))).toString();
      ObjectNode json = model.json().deepCopy();
      json.put("run", run);
      json.putObject("lists").put("missing", run + ".missing.jsonl.gz");
      files.put(run + ".json", mapper.writeValueAsBytes(json));
      files.put(run + ".missing.jsonl.gz", Files.readAllBytes(model.list("missing")));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    Files.delete(model.list("missing"));
    Files.delete(model.file());
    return files;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static void assertAllReadable(PicsyncContext picsync, Map<String, byte[]> files) {
    CheckedApi api = new CheckedApi(picsync.api());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.json("/api/index").path("reports").asLong() == OLD);
    List<String> listed = new ArrayList<>();
    JsonNode page = api.json("/api/reports?limit=100");
    page.path("reports").forEach(report -> listed.add(report.path("run").asText() + ".json"));
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            files.keySet().stream().filter(name -> name.endsWith(".json")).toList());
    for (String name : listed) {
      String run = name.replace(".json", "");
      assertThat(api.get("/api/reports/" + run).body()).as(run).isEqualTo(files.get(name));
      assertThat(api.json("/api/reports/" + run + "/lists/missing/lines").path("lines"))
          .hasSize(24);
      assertThat(api.get("/api/reports/" + run + "/lists/missing").body())
          .isEqualTo(files.get(run + ".missing.jsonl.gz"));
    }
  }

  @Test
  void bundledReportsAreListedAndReadLikeAllOthers() throws Exception {
    Map<String, byte[]> files = makeOldReports();
    try (PicsyncContext picsync = builder().start()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(files()).hasSize(2 * STAY + 1).contains("2011-07.zip"));
      assertAllReadable(picsync, files);
      assertThat(new CheckedApi(picsync.api()).json("/api/reports?limit=100").findValues("bundled"))
          .hasSize(OLD - STAY);
    }
  }

  @Test
  void killedAtAnyStepTheNextOneFinishes() throws Exception {
    Map<String, byte[]> files = makeOldReports();
    // killed while the bundle was written
    Files.writeString(WholeFile.part(folder.resolve("2011-07.zip")), "half a bundle");
    try (PicsyncContext picsync = builder().start()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(files()).hasSize(2 * STAY + 1));
      assertThat(picsync.context().isStarted()).isTrue();
    }
    // killed when it had its name, and only some files were gone
    List<String> names = new ArrayList<>(files.keySet());
    for (String name : names.subList(0, 5)) {
      Files.write(folder.resolve(name), files.get(name));
    }
    try (PicsyncContext picsync = builder().start()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(files()).hasSize(2 * STAY + 1));
      assertAllReadable(picsync, files);
    }
  }

  @Test
  void bundleThatCannotBeWrittenLosesNothing() throws Exception {
    Map<String, byte[]> files = makeOldReports();
    Files.createDirectories(folder.resolve("2011-07.zip").resolve("in the way"));
    try (PicsyncContext picsync = builder().start()) {
      assertAllReadable(picsync, files);
      assertThat(files()).containsAll(files.keySet());
    }
  }

  @Test
  void nothingIsDeletedUnlessItIsAskedFor() throws Exception {
    makeOldReports();
    try (PicsyncContext picsync = builder().set("picsync.retention.delete-after", "365d").start()) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(files()).hasSize(2 * STAY).doesNotContain("2011-07.zip"));
      assertThat(picsync.context().isStarted()).isTrue();
    }
  }
}

package io.picsync.routes;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that an operator edits under {@code picsync run}, as a process. */
final class LiveEditingIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Path home;
  private final Path old;
  private final Path fresh;

  LiveEditingIT(@TempDir Path temporary) {
    home = temporary.resolve("home");
    old = temporary.resolve("old");
    fresh = temporary.resolve("fresh");
  }

  @BeforeEach
  void aHome() throws IOException {
    PicsyncProcess.copyHome(home);
    Files.createDirectories(old);
    Files.createDirectories(fresh);
    configure();
  }

  private void configure(String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("picsync.server.old.uri=" + old.toUri());
    lines.add("picsync.server.new.uri=" + fresh.toUri());
    lines.add("picsync.transfer.threads=2");
    lines.add("picsync.api.port=0");
    lines.addAll(List.of(more));
    Files.write(home.resolve("config/application.properties"), lines);
  }

  private PicsyncProcess service() throws IOException {
    return picsync("run").program(home.resolve("bin/picsync")).start();
  }

  private void pictures(String sync, int from, int to) throws IOException {
    for (int number = from; number < to; number++) {
      Trees.put(
          old,
          "%s/pictures/201107%02d/%d.jpg".formatted(sync, 10 + number / 1000, number),
          Trees.picture(number, 300),
          TAKEN);
    }
    Files.createDirectories(fresh.resolve(sync));
  }

  private static String sync(String name, String interval) {
    return """
    - route:
        id: NAME
        group: syncs
        description: Brings missing pictures from the old server to the new one.
        from:
          uri: sync:NAME
          parameters:
            source: old/NAME/pictures
            destination: new/NAME/pictures
            mode: sync
            interval: INTERVAL
          steps:
            - to:
                uri: direct:compare
            - to:
                uri: direct:transfer
            - to:
                uri: direct:report
    """
        .replace("NAME", name)
        .replace("INTERVAL", interval);
  }

  private Path file(String sync) {
    return home.resolve("routes/syncs/" + sync + ".camel.yaml");
  }

  /** As many editors do: beside it, then renamed. */
  private void edit(String sync, String text) throws IOException {
    Path beside = Files.writeString(home.resolve("routes/syncs/." + sync + ".swp"), text);
    Files.move(beside, file(sync), StandardCopyOption.ATOMIC_MOVE);
  }

  private List<JsonNode> reports(String sync) throws IOException {
    Path folder = home.resolve("reports").resolve(sync);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      List<JsonNode> reports = new ArrayList<>();
      for (Path file : all.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        reports.add(new ObjectMapper().readTree(file.toFile()));
      }
      return reports;
    }
  }

  private JsonNode last(String sync) throws IOException {
    List<JsonNode> reports = reports(sync);
    return reports.get(reports.size() - 1);
  }

  private long stored(String sync) {
    long count = 0;
    for (int day = 10; day < 30; day++) {
      String[] files = fresh.resolve(sync + "/pictures/201107" + day).toFile().list();
      count += files == null ? 0 : Stream.of(files).filter(f -> f.endsWith(".jpg")).count();
    }
    return count;
  }

  private static void awaitTold(PicsyncProcess process, String... words) {
    await()
        .atMost(BOUND)
        .until(
            () ->
                process.err().lines().anyMatch(line -> Stream.of(words).allMatch(line::contains)));
  }

  @Test
  void filesAreAddedChangedRemovedBrokenAndMendedWhileAnotherSyncBrings20000Pictures()
      throws Exception {
    pictures("busy", 0, 20_000);
    pictures("edited", 0, 3);
    edit("busy", sync("busy", "1h"));
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "one");
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", "two")) {
      Files.write(
          home.resolve("config/application.properties"),
          List.of(
              "picsync.server.old.uri=" + left.uri(),
              "picsync.server.old.username=camera",
              "picsync.server.old.password=one",
              "picsync.server.new.uri=" + right.uri(),
              "picsync.server.new.username=archive",
              "picsync.server.new.password=two"));
      try (PicsyncProcess process = service()) {
        await().atMost(BOUND).until(() -> stored("busy") > 0);

        edit("edited", sync("edited", "1h"));
        await().atMost(BOUND).until(() -> reports("edited").size() == 1);
        assertThat(last("edited").at("/transfer/transferred").asInt()).isEqualTo(3);

        edit("edited", sync("edited", "1h").replace("steps:", "stebs:"));
        awaitTold(process, "refused", "file=routes/syncs/edited.camel.yaml", "line=", "stebs");
        edit("edited", sync("edited", "1h").replace("old/", "elsewhere/"));
        awaitTold(process, "refused", "file=routes/syncs/edited.camel.yaml", "line=8", "elsewhere");

        pictures("edited", 3, 5);
        edit("edited", sync("edited", "1s"));
        awaitTold(process, "well again");
        await().atMost(BOUND).until(() -> stored("edited") == 5);

        Files.delete(file("edited"));
        awaitTold(process, "took effect", "removed=[edited] added=[]");
        int before = reports("edited").size();
        edit("third", sync("third", "1h").replace("old/third", "old/edited"));
        await().atMost(BOUND).until(() -> reports("third").size() == 1);
        assertThat(reports("edited")).as("runs of a removed sync").hasSize(before);
        assertThat(reports("busy")).as("the run went on all the time").isEmpty();

        await().atMost(Duration.ofMinutes(4)).until(() -> !reports("busy").isEmpty());
        assertThat(process.err()).doesNotContain("\tat ");
      }
    }
    assertThat(reports("busy"))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.at("/status").asText()).isEqualTo("completed");
              assertThat(report.at("/transfer/transferred").asInt()).isEqualTo(20_000);
            });
  }

  @Test
  void aRunWhoseFileChangesEndsAtAPictureAndTheNextGoesOn() throws Exception {
    pictures("edited", 0, 6000);
    edit("edited", sync("edited", "1h"));
    try (PicsyncProcess process = service()) {
      await().atMost(BOUND).until(() -> stored("edited") > 0);
      edit("edited", sync("edited", "2h"));
      await().atMost(BOUND).until(() -> reports("edited").size() == 2);
      assertThat(process.err()).contains("An edit of routes waits for runs to end.");
    }
    JsonNode first = reports("edited").get(0);
    assertThat(first.at("/status").asText()).isEqualTo("cancelled");
    assertThat(first.at("/cause").asText()).contains("route was changed");
    assertThat(first.at("/transfer/failed").asInt()).isZero();
    assertThat(last("edited").at("/status").asText()).isEqualTo("completed");
    assertThat(
            first.at("/transfer/transferred").asInt()
                + last("edited").at("/transfer/transferred").asInt())
        .isEqualTo(6000);
  }

  @Test
  void aRunMayFinishBeforeItsFileTakesEffect() throws Exception {
    configure("picsync.routes.runs=finish");
    pictures("edited", 0, 4000);
    edit("edited", sync("edited", "1h"));
    try (PicsyncProcess process = service()) {
      await().atMost(BOUND).until(() -> stored("edited") > 0);
      edit("edited", sync("edited", "1s"));
      awaitTold(process, "waits for runs to finish", "syncs=edited");
      await().atMost(BOUND).until(() -> reports("edited").size() > 1);
    }
    assertThat(reports("edited").get(0).at("/status").asText()).isEqualTo("completed");
    assertThat(reports("edited").get(0).at("/transfer/transferred").asInt()).isEqualTo(4000);
  }

  @Test
  void sharedRoutesAndPoliciesAreEditedBetweenRuns() throws Exception {
    pictures("edited", 0, 1);
    edit("edited", sync("edited", "1s"));
    Path transfer = home.resolve("routes/transfer.camel.yaml");
    try (PicsyncProcess process = service()) {
      await().atMost(BOUND).until(() -> stored("edited") == 1);
      String text = Files.readString(transfer);
      String step =
          """
                  - log:
                      loggingLevel: WARN
                      message: "on its way: ${header.CamelFileName}"
                  - toD:
                      id: store
          """
              .indent(0);
      Files.writeString(transfer, text.replace("        - toD:\n            id: store\n", step));
      awaitTold(process, "took effect", "transfer-picture");
      pictures("edited", 1, 2);
      awaitTold(process, "on its way: 20110710/1.jpg");

      Files.writeString(
          transfer, text.replace("useCollisionAvoidance: true", "useCollisionAvoidance: false"));
      awaitTold(process, "took effect", "compare-folder", "edited", "transfer-picture");
      pictures("edited", 2, 3);
      await().atMost(BOUND).until(() -> stored("edited") == 3);

      Files.delete(transfer);
      awaitTold(process, "refused", "file=routes/syncs/edited.camel.yaml", "direct:transfer");
      pictures("edited", 3, 4);
      await().atMost(BOUND).until(() -> stored("edited") == 4);
      Files.writeString(transfer, text);
      awaitTold(process, "well again");
      assertThat(process.err())
          .doesNotContain("on its way: 20110710/2.jpg")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aHalfWrittenAnEmptyAndAnEditorsOwnFileChangeNothing() throws Exception {
    pictures("edited", 0, 1);
    edit("edited", sync("edited", "1s"));
    try (PicsyncProcess process = service()) {
      await().atMost(BOUND).until(() -> !reports("edited").isEmpty());
      Files.writeString(home.resolve("routes/syncs/.#edited.camel.yaml"), "- route: [");
      Files.writeString(file("edited"), "");
      awaitTold(process, "refused", "edited.camel.yaml", "holds no route");
      int before = reports("edited").size();
      await().atMost(BOUND).until(() -> reports("edited").size() > before + 1);
      Files.writeString(file("edited"), "# a comment\n" + sync("edited", "1s"));
      awaitTold(process, "well again");
      assertThat(process.err()).doesNotContain("took effect");
      Files.move(home.resolve("routes/syncs"), home.resolve("routes/gone"));
      awaitTold(process, "can't be looked at", "routes/syncs");
      int then = reports("edited").size();
      await().atMost(BOUND).until(() -> reports("edited").size() > then + 1);
    }
  }
}

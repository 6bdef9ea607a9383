package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.CommandHost;
import io.picsync.testing.Fault;
import io.picsync.testing.LiveHome;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code picsync run} with an operator's configuration and syncs, as a process. */
final class ServiceIT {
  private static CommandHost host;

  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Path home;
  private final Path old;
  private final Path fresh;

  ServiceIT(@TempDir Path temporary) {
    home = temporary.resolve("home");
    old = temporary.resolve("old");
    fresh = temporary.resolve("fresh");
  }

  @BeforeAll
  static void startHost() throws IOException {
    host = CommandHost.start();
  }

  @AfterAll
  static void stopHost() {
    host.close();
  }

  @BeforeEach
  void aHomeAndOnePicture() throws IOException {
    PicsyncProcess.base(home);
    Trees.put(old, "source1/pictures/20110714/a.jpg", Trees.picture(1, 300), TAKEN);
    Files.createDirectories(fresh.resolve("source1"));
  }

  private PicsyncProcess.Builder service() {
    return picsync("run").program(home.resolve("bin/picsync"));
  }

  private void configure(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    all.add("picsync.api.port=0");
    Files.write(home.resolve("config/application.properties"), all);
  }

  private void configureFolders(String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("picsync.server.old.uri=" + old.toUri());
    lines.add("picsync.server.new.uri=" + fresh.toUri());
    lines.addAll(List.of(more));
    configure(lines.toArray(String[]::new));
  }

  private static String sync(String name) {
    return LiveHome.sync(name, "1s");
  }

  private void route(String name, String text) throws IOException {
    Files.writeString(home.resolve("routes/syncs/" + name + ".camel.yaml"), text);
  }

  private List<JsonNode> reports(String sync) throws IOException {
    Path folder = home.resolve("reports").resolve(sync);
    List<JsonNode> reports = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      for (String file : Trees.snapshot(folder).keySet()) {
        if (file.endsWith(".json")) {
          reports.add(new ObjectMapper().readTree(folder.resolve(file).toFile()));
        }
      }
    }
    return reports;
  }

  @Test
  void aSecondServiceOfTheSameSyncsDoesNotStart() throws Exception {
    configureFolders();
    route("source1", sync("source1"));
    try (PicsyncProcess first = service().start()) {
      await().atMost(BOUND).until(() -> !reports("source1").isEmpty());

      PicsyncProcess.Ended second = service().run();

      assertThat(second.code()).isEqualTo(3);
      assertThat(second.err())
          .contains(
              "Another picsync service, process " + first.pid() + ", runs the syncs of " + home);
      first.kill();
    }
    try (PicsyncProcess next = service().start()) {
      await("the lock went with its holder")
          .atMost(BOUND)
          .until(() -> next.err().contains("Run begins."));
    }
  }

  /** Camel by itself reads it in Latin-1, whatever editors write today. */
  @Test
  void theConfigurationIsReadInUtf8() throws Exception {
    route("source1", sync("source1"));
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "größe")) {
      configure(
          "picsync.server.old.uri=" + left.uri(),
          "picsync.server.old.username=camera",
          "picsync.server.old.password=größe",
          "picsync.server.new.uri=" + fresh.toUri());
      try (PicsyncProcess process = service().start()) {
        await()
            .atMost(BOUND)
            .until(() -> Files.exists(fresh.resolve("source1/pictures/20110714/a.jpg")));
        process.terminate();
      }
    }
  }

  @Test
  void aConfigurationThatIsNotInUtf8IsToldWithItsLine() throws Exception {
    Files.writeString(
        home.resolve("config/application.properties"),
        "picsync.api.port=0\n# für Zürich\n",
        StandardCharsets.ISO_8859_1);
    Ended ended = service().run();
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("config/application.properties:2", "it is not in UTF-8");
  }

  /** So that who reads the log at night knows which picsync it was, and that it was stopped. */
  @Test
  void startAndStopAreInTheLog() throws Exception {
    configureFolders();
    route("source1", sync("source1").replace("        interval: 1s\n", ""));
    try (PicsyncProcess process = service().start()) {
      await().atMost(BOUND).until(() -> process.err().contains("Started. sync=source1"));
      assertThat(process.err())
          .contains("picsync is up. version=0", "base=" + home, "process=" + process.pid());

      process.terminate();

      assertThat(process.await().err()).contains("picsync stops.");
    }
  }

  @Test
  void syncsRunAtTheirIntervalBetweenServersAndWriteReports() throws Exception {
    Trees.put(old, "source2/pictures/20110714/b.jpg", Trees.picture(2, 300), TAKEN);
    Files.createDirectories(fresh.resolve("source2"));
    route("source1", sync("source1"));
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "one");
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", "two")) {
      Files.writeString(home.resolve("right.password"), "two\n");
      configure(
          "picsync.server.old.uri=" + left.uri(),
          "picsync.server.old.username=camera",
          "picsync.server.old.password={{env:OLD_PASSWORD}}",
          "picsync.server.new.uri=" + right.uri(),
          "picsync.server.new.username=archive",
          "picsync.server.new.password-file=" + home.resolve("right.password"));
      PicsyncProcess.Builder small =
          service().env("OLD_PASSWORD", "one").env("PICSYNC_JAVA_OPTS", "-Xmx64m");
      try (PicsyncProcess process = small.start()) {
        await().atMost(BOUND).until(() -> reports("source1").size() > 1);
        route("source2", sync("source2"));
        await().atMost(BOUND).until(() -> reports("source2").size() > 1);
        Trees.put(old, "source1/pictures/20110715/later.jpg", Trees.picture(3, 300), TAKEN);
        await()
            .atMost(BOUND)
            .until(() -> Files.exists(fresh.resolve("source1/pictures/20110715/later.jpg")));
        assertThat(niceness(process.pid(), "sync-run")).as("of runs").containsOnly(10);
        assertThat(niceness(process.pid(), "vert.x-")).as("of the API").containsOnly(0);
        process.terminate();
        Ended ended = process.await(Duration.ofSeconds(20));

        assertThat(ended.code()).as("128 + SIGTERM").isEqualTo(143);
        assertThat(ended.err()).contains("sync=source1").contains("added=[source2]");
        assertThat(ended.err()).containsOnlyOnce("The page is at");
        assertThat(ended.all()).doesNotContain("Exception").doesNotContain(" ERROR ");
      }
    }
    assertThat(Trees.snapshotWithTimes(fresh)).isEqualTo(Trees.snapshotWithTimes(old));
    assertThat(reports("source1"))
        .allMatch(report -> report.at("/status").asText().matches("completed|cancelled"))
        .anyMatch(report -> report.at("/transfer/transferred").asInt() == 1);
  }

  /** Of the threads whose names begin so, as the operating system has it. */
  private static Set<Integer> niceness(long pid, String name) throws IOException {
    Set<Integer> found = new TreeSet<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks.toList()) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          if (stat.substring(stat.indexOf('(') + 1).startsWith(name)) {
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            found.add(Integer.parseInt(fields[16])); // proc(5): nice
          }
        } catch (IOException e) {
          // this thread ended meanwhile
        }
      }
    }
    return found;
  }

  @Test
  void aStopWhileAServerStallsEndsInSecondsWithACancelledReportAndNoPart() throws Exception {
    route("source1", sync("source1"));
    try (ScriptedFtpServer from = ScriptedFtpServer.start();
        ScriptedFtpServer to = ScriptedFtpServer.start()) {
      for (int number = 0; number < 40; number++) {
        from.put(
            "/source1/pictures/20110714/" + number + ".jpg", Trees.picture(number, 90_000), TAKEN);
      }
      to.makeFolder("/source1");
      from.fault("RETR", path -> path.endsWith("/7.jpg"), 9, Fault.partialThenStall(1000));
      to.fault("STOR", path -> path.contains(".9.jpg"), 9, Fault.partialThenStall(1000));
      to.fault("STOR", 100, Fault.late(Duration.ofMillis(300)));
      configure(
          "picsync.server.old.uri=" + from.uri(),
          "picsync.server.old.username=" + ScriptedFtpServer.USER,
          "picsync.server.old.password=" + ScriptedFtpServer.PASSWORD,
          "picsync.server.new.uri=" + to.uri(),
          "picsync.server.new.username=" + ScriptedFtpServer.USER,
          "picsync.server.new.password=" + ScriptedFtpServer.PASSWORD);
      try (PicsyncProcess process = service().start()) {
        await()
            .atMost(BOUND)
            .until(() -> to.calls().stream().anyMatch(call -> call.argument().contains(".9.jpg")));
        process.terminate();
        Ended ended = process.await(Duration.ofSeconds(20));

        assertThat(ended.code()).isEqualTo(143);
        assertThat(ended.all()).doesNotContain("\tat ");
      }
      assertThat(to.paths()).noneMatch(path -> path.contains(".part"));
      assertThat(reports("source1"))
          .singleElement()
          .satisfies(
              report -> {
                assertThat(report.at("/status").asText()).isEqualTo("cancelled");
                assertThat(report.at("/transfer/transferred").asInt()).isLessThan(40);
                assertThat(to.paths()).hasSize(report.at("/transfer/transferred").asInt());
              });
    }
  }

  private void refuses(String... tells) throws Exception {
    try (PicsyncProcess process = service().start()) {
      refused(process.await(Duration.ofSeconds(30)), tells);
    }
  }

  /** The same beside others in one JVM, which spares the time of its start. */
  private Ended refusesToo(String... tells) throws IOException {
    Files.createSymbolicLink(home.resolve("lib"), PicsyncProcess.packagedHome().resolve("lib"));
    try (Stream<Path> shipped = Files.list(PicsyncProcess.packagedHome().resolve("routes"))) {
      for (Path route : shipped.filter(Files::isRegularFile).toList()) {
        Files.createSymbolicLink(home.resolve("routes").resolve(route.getFileName()), route);
      }
    }
    Ended ended = host.run(home, "run");
    refused(ended, tells);
    return ended;
  }

  private void refused(Ended ended, String... tells) throws IOException {
    assertThat(ended).returns(3, Ended::code).returns("", Ended::out);
    assertThat(ended.errors()).singleElement().asString().startsWith("picsync: ").contains(tells);
    assertThat(ended.err()).doesNotContain("Exception");
    assertThat(reports("source1")).isEmpty();
    assertThat(fresh.resolve("source1")).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "picsync.transfer.thread=3, picsync.transfer.thread, picsync.transfer.threads",
    "picsync.server.old.passwort=x, picsync.server.old.passwort, picsync.server.old.password",
    "picsync.transfer.threads=many, picsync.transfer.threads=many, whole number",
    "picsync.transfer.memory=8 apples, picsync.transfer.memory, 8MB",
    "picsync.server.third.uri=scp://host, picsync.server.third.uri, scp",
    "picsync.server.third.uri=ftp://a:hunter2@host, picsync.server.third.uri, password",
    "picsync.server.old.password={{env:NOPE_9}}, picsync.server.old.password, NOPE_9",
    "picsync.server.old.username={{nope.key}}, picsync.server.old.username, nope.key",
    "picsync.server.old.password-file=/no/such, picsync.server.old.password-file, a file: server",
    "picsync.report.folder=/dev/null/reports, /dev/null/reports, picsync.report.folder",
    "camel.main.nope=1, camel.main.nope, no such key",
  })
  void aBadSettingIsNamedWithItsKey(String line, String key, String what) throws Exception {
    route("source1", sync("source1"));
    configureFolders(line);

    refusesToo(key, what);
  }

  @ParameterizedTest
  @CsvSource({
    "old/source1, elsewhere/source1, elsewhere",
    "old/source1, old/../source1, SERVER/FOLDER",
    "interval: 1s, 'cron: \"0 0 * *\"', cron",
    "interval: 1s, interval: soon, soon",
    "interval: 1s, intervall: 1s, intervall",
    "mode: sync, mode: synk, synk",
    "direct:transfer, direct:transferr, direct:transferr",
    "direct:transfer, dirrect:transfer, dirrect",
    "direct:transfer, '\"{{nope.key}}\"', nope.key",
    "sync:source1, sinc:source1, sinc",
    "sync:source1, sync:so urce, so urce",
    "steps:, stebs:, stebs",
    "- to:, - too:, too",
    "description: Brings, 'description: \"Brings', line",
  })
  void aMistakeInARouteIsNamedWithItsFile(String right, String wrong, String told)
      throws Exception {
    configureFolders();
    assertThat(sync("source1")).contains(right);
    route("source1", sync("source1").replace(right, wrong));

    assertThat(refusesToo(told).err()).containsPattern("routes/syncs/source1.camel.yaml:\\d+: ");
  }

  @Test
  void aRouteThatIsNotInUtf8IsNamedWithItsFile() throws Exception {
    configureFolders();
    Files.writeString(
        home.resolve("routes/syncs/source1.camel.yaml"),
        "# f\u00fcr Z\u00fcrich\n" + sync("source1"),
        StandardCharsets.ISO_8859_1);
    refusesToo("routes/syncs/source1.camel.yaml", "not in UTF-8");
  }

  @Test
  void aRouteWithoutItsDashIsNamedWithItsFile() throws Exception {
    configureFolders();
    route("source1", "route:\n  id: source1\n  from:\n    uri: sync:source1\n");

    refuses("routes/syncs/source1.camel.yaml", "- route:");
  }

  @Test
  void oneSyncInTwoFilesIsRefused() throws Exception {
    configureFolders();
    route("source1", sync("source1"));
    route("other", sync("source1").replace("id: source1", "id: other").replace("1s", "2s"));

    refuses("sync:source1", "other.camel.yaml", "source1.camel.yaml");
  }

  @Test
  void twoRoutesOfOneIdAreRefused() throws Exception {
    configureFolders();
    route("source1", sync("source1"));
    route("other", sync("source1"));

    refuses(
        "routes/syncs/source1.camel.yaml:2",
        "'source1' is taken by another route",
        "other.camel.yaml:2");
  }

  @Test
  void aSyncThatIsCalledAsAStepIsRefusedWithThePlaceOfBoth() throws Exception {
    configureFolders();
    route("fetch", sync("fetch"));

    refuses("routes/syncs/fetch.camel.yaml:2", "'fetch' is taken by a step, routes/transfer");
  }

  @Test
  void aMissingConfigurationIsNamed() throws Exception {
    Files.delete(home.resolve("config/application.properties"));

    refuses(home.resolve("config/application.properties").toString());
  }

  @Test
  void withoutSyncsTheServiceSaysThatNothingWillRun() throws Exception {
    try (PicsyncProcess process = service().start()) {
      await().atMost(BOUND).until(() -> process.err().contains("routes/syncs/"));
      assertThat(process.isRunning()).isTrue();
      process.terminate();
      assertThat(process.await(Duration.ofSeconds(20)).code()).isEqualTo(143);
    }
  }

  @Test
  void anUnreachableServerFailsItsOwnSyncAndTheServiceGoesOn() throws Exception {
    configureFolders("picsync.server.dead.uri=ftp://127.0.0.1:1");
    route("source1", sync("source1"));
    route("source2", sync("source2").replace("old/", "dead/"));
    try (PicsyncProcess process = service().start()) {
      await().atMost(BOUND).until(() -> reports("source2").size() > 1);
      await().atMost(BOUND).until(() -> reports("source1").size() > 1);
      assertThat(process.err()).doesNotContain("\tat ");
      assertThat(process.isRunning()).isTrue();
    }
    assertThat(reports("source2")).allMatch(r -> r.at("/status").asText().equals("failed"));
    assertThat(reports("source1")).allMatch(r -> r.at("/status").asText().equals("completed"));
  }
}

package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command writes where: results, progress, reports, and never a password. */
final class OutputIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final Duration BOUND = Duration.ofMinutes(1);

  private final Path folder;
  private final Path destination;

  OutputIT(@TempDir Path temporary) {
    folder = temporary;
    destination = temporary.resolve("destination");
  }

  @Test
  void jsonIsTheReportAndNothingElse() throws Exception {
    Path source = folder.resolve("source");
    Trees.dayFolders(source, LocalDate.of(2011, 7, 14), 40, 3, number -> 300);
    Path reports = folder.resolve("reports");

    Ended ended =
        picsync(
                "sync",
                source.toString(),
                destination.toString(),
                "--json",
                "--reports",
                reports.toString())
            .run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(ended.out().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(4096);
    JsonNode report = new ObjectMapper().readTree(ended.out());
    assertThat(report.at("/status").asText()).isEqualTo("completed");
    assertThat(report.at("/transfer/transferred").asInt()).isEqualTo(120);
    Path stored = reports.resolve("command/" + report.at("/run").asText() + ".json");
    assertThat(stored).content(UTF_8).isEqualTo(ended.out());
  }

  @Test
  void aReportThatCouldNotBePrintedIsNoSuccess() throws Exception {
    Path camera = folder.resolve("camera1");
    Trees.dayFolders(camera, LocalDate.of(2011, 7, 14), 4, 1, number -> 300);
    Trees.dayFolders(destination, LocalDate.of(2011, 7, 14), 4, 1, number -> 300);
    String words = "'%s' check --json --reports '%s' '%s' '%s' >/dev/full";

    Ended ended =
        picsync(
                "-c",
                words.formatted(
                    PicsyncProcess.packagedHome().resolve("bin/picsync"),
                    folder.resolve("reports"),
                    camera,
                    destination))
            .program(Path.of("/bin/sh"))
            .run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("standard output can't be written");
  }

  /** All single commands bear one name, and know each other's reports. */
  @Test
  void onlyASourceThatShrankRaisesAnAlarmAndSaysHowToEndIt() throws Exception {
    Path camera = folder.resolve("camera1");
    Trees.dayFolders(camera, LocalDate.of(2011, 7, 14), 40, 3, number -> 300);
    Path other = folder.resolve("camera2");
    Trees.dayFolders(other, LocalDate.of(2011, 7, 14), 4, 1, number -> 300);
    Files.createDirectory(destination);

    assertThat(check(camera).all()).doesNotContain("ALARM");
    assertThat(check(other).all()).as("another source").doesNotContain("ALARM");
    assertThat(check(camera, "--include", "**/*.mp4").all())
        .as("a part of it")
        .contains("source                             0")
        .doesNotContain("ALARM");
    assertThat(check(camera, "--include", "**/*.jpg").all())
        .as("another part of it")
        .doesNotContain("ALARM");
    Trees.clear(camera);
    Ended shrunk = check(camera);
    assertThat(shrunk.out())
        .contains("ALARM: the source has 0 pictures, it had 120; nothing was deleted.")
        .contains("remove the former reports of this source");
  }

  @Test
  void aDestinationThatIsNotThereIsNotTakenForAnEmptyOneWithoutAWord() throws Exception {
    Path camera = folder.resolve("camera1");
    Trees.dayFolders(camera, LocalDate.of(2011, 7, 14), 4, 1, number -> 300);

    Ended ended = check(camera);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.errors())
        .singleElement()
        .asString()
        .contains("The destination does not exist; a sync would make it. Check its spelling.")
        .contains(destination.toString());
  }

  private Ended check(Path source, String... more) throws Exception {
    List<String> words = new ArrayList<>(List.of("check", source.toString()));
    words.add(destination.toString());
    words.addAll(List.of("--reports", folder.resolve("reports").toString()));
    words.addAll(List.of(more));
    return picsync(words.toArray(String[]::new)).run();
  }

  @Test
  void aFailedRunIsJsonTooAndItsCauseIsOnStandardError() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();

    Path destination = Files.createDirectory(folder.resolve("destination"));

    Ended ended = picsync("check", nowhere, destination.toString(), "--json").run();

    assertThat(ended.code()).isEqualTo(3);
    JsonNode report = new ObjectMapper().readTree(ended.out());
    assertThat(report.at("/status").asText()).isEqualTo("failed");
    assertThat(report.at("/cause").asText()).contains(nowhere);
    assertThat(ended.errors()).singleElement().asString().contains(nowhere);
  }

  @Test
  void thePasswordIsNowhereToBeSeenNotEvenInDebugLogsAndTheProcessList() throws Exception {
    String password = "xK9-unmistakable";
    CountDownLatch gate = new CountDownLatch(1);
    Path reports = folder.resolve("reports");
    Path source = folder.resolve("source");
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 300), TAKEN);
    try (ScriptedFtpServer slow = ScriptedFtpServer.start();
        EmbeddedFtpServer server = EmbeddedFtpServer.start(source, "camera", password)) {
      slow.put("/20110714/a.jpg", Trees.picture(1, 300), TAKEN);
      slow.fault("PASS", 1, Fault.after(gate, Fault.none()));
      try (PicsyncProcess process =
          picsync(
                  "sync",
                  "ftp://camera@127.0.0.1:" + server.port(),
                  slow.uriOfUser(),
                  "-vv",
                  "--reports",
                  reports.toString())
              .env("PICSYNC_SOURCE_PASSWORD", password)
              .env("PICSYNC_DESTINATION_PASSWORD", password)
              .start()) {
        await().atMost(BOUND).until(() -> slow.count("PASS") > 0);
        assertThat(process.commandLine()).contains("camera@").doesNotContain(password);
        gate.countDown();
        Ended refused = process.await();
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.all()).doesNotContain(password);
      }
    }
    for (String file : Trees.snapshot(reports).keySet()) {
      assertThat(
              Files.readString(reports.resolve(file), java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain(password);
    }
    assertThat(Trees.snapshot(reports)).isNotEmpty();
  }

  /** So many pictures, each so late, that progress is due more than once. */
  private static void slowServer(ScriptedFtpServer server, Duration each) {
    for (int number = 0; number < 24; number++) {
      server.put("/20110714/" + number + ".jpg", Trees.picture(number, 300), TAKEN);
    }
    server.fault("RETR", 24, Fault.late(each));
  }

  private static PicsyncProcess.Builder slowSync(ScriptedFtpServer server, Path to) {
    return picsync("sync", server.uriOfUser(), to.toString(), "--connections", "1")
        .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD);
  }

  @Test
  void withoutATerminalProgressIsPlainLinesNowAndThen() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      slowServer(server, Duration.ofMillis(550));
      Ended ended = slowSync(server, destination).run();

      assertThat(ended.code()).isZero();
      assertThat(ended.all()).doesNotContain("\r").doesNotContain("\u001b");
      assertThat(ended.errors())
          .isNotEmpty()
          .hasSizeLessThan(4)
          .allMatch(line -> line.contains("24") && line.contains("pictures"));
    }
  }

  @Test
  void onATerminalTheProgressLineIsDrawnAnewAndLeavesNothing() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/script")), "script(1) makes the terminal; not here");
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      slowServer(server, Duration.ofMillis(60));
      Process process = terminal(server);
      String screen = new String(process.getInputStream().readAllBytes(), UTF_8);

      assertThat(process.waitFor()).isZero();
      assertThat(screen.split("\r(?!\n)")).as(screen).hasSizeGreaterThan(4);
      assertThat(screen).contains("transferring  ").contains("transferred 24 of 24");
      assertThat(Stream.of(screen.split("\n")).filter(line -> line.contains("transferring  ")))
          .as("all drawn over each other")
          .hasSize(1);
    }
  }

  private Process terminal(ScriptedFtpServer server) throws IOException {
    String words =
        "'%s' sync 'ftp://%s@127.0.0.1:%d' '%s' --connections 1 --reports '%s'"
            .formatted(
                PicsyncProcess.packagedHome().resolve("bin/picsync"),
                ScriptedFtpServer.USER,
                server.port(),
                destination,
                folder.resolve("reports"));
    ProcessBuilder builder = new ProcessBuilder("script", "-qec", words, "/dev/null");
    builder.environment().put("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD);
    builder.redirectInput(Path.of("/dev/null").toFile());
    return builder.start();
  }

  @Test
  void aStoppedSyncReportsCancelledAndLeavesNoPart() throws Exception {
    Path reports = folder.resolve("reports");
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      slowServer(server, Duration.ofMillis(300));
      server.put("/20110714/stall.jpg", Trees.picture(99, 300_000), TAKEN);
      server.fault("RETR", path -> path.contains("stall"), 1, Fault.partialThenStall(1000));
      try (PicsyncProcess process =
          picsync(
                  "sync",
                  server.uriOfUser(),
                  destination.toString(),
                  "--connections",
                  "2",
                  "--reports",
                  reports.toString())
              .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
              .start()) {
        await().atMost(BOUND).until(() -> server.count("RETR") > 2);
        process.terminate();
        Ended ended = process.await(Duration.ofSeconds(15));

        assertThat(ended.code()).as("128 + SIGTERM").isEqualTo(143);
        assertThat(ended.all()).doesNotContain("Exception");
      }
    }
    String report =
        Trees.snapshot(reports).keySet().stream()
            .filter(name -> name.endsWith(".json"))
            .findFirst()
            .orElseThrow();
    assertThat(reports.resolve(report)).content(UTF_8).contains("\"cancelled\"");
    assertThat(Trees.snapshot(folder).keySet()).noneMatch(path -> path.endsWith(".part"));
  }
}

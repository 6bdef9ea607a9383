package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that is stopped while a server says nothing: it doesn't wait for the server. */
final class StopIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final Duration BOUND = Duration.ofMinutes(1);

  /** Far less than the 60 s that a server has for a sign of life. */
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final byte[] PICTURE = Trees.picture(1, 300_000);

  private final Path reports;

  StopIT(@TempDir Path folder) {
    reports = folder.resolve("reports");
  }

  @ParameterizedTest
  @CsvSource({
    "source, CONNECT",
    "source, PASS",
    "source, CWD",
    "source, MLSD",
    "source, RETR",
    "destination, CONNECT",
    "destination, MLSD",
    "destination, MKD",
    "destination, STOR",
    "destination, RNFR",
    "destination, RNTO"
  })
  void stoppedWhileAServerStallsItEndsAndReports(String side, String verb) throws Exception {
    try (ScriptedFtpServer source = ScriptedFtpServer.start();
        ScriptedFtpServer destination = ScriptedFtpServer.start()) {
      source.put("/20110714/a.jpg", PICTURE, TAKEN);
      ScriptedFtpServer stalls = side.equals("source") ? source : destination;
      ArmedFault stalling = stalls.fault(verb, 1_000, Fault.stall());
      try (PicsyncProcess process = start(source, destination)) {
        await().atMost(BOUND).until(() -> stalling.strikes() > 0);
        process.terminate();
        Ended ended = process.await(SOON);

        assertThat(ended.code()).as("128 + SIGTERM").isEqualTo(143);
        assertThat(ended.all()).doesNotContain("Exception");
      }
      byte[] stored = destination.file("/20110714/a.jpg");
      assertThat(stored == null || stored.length == PICTURE.length).as("none or whole").isTrue();
    }
    List<String> files = List.copyOf(Trees.snapshot(reports).keySet());
    assertThat(files).filteredOn(name -> name.endsWith(".json")).hasSize(1);
    assertThat(files).noneMatch(name -> name.endsWith(".part"));
    Path report =
        reports.resolve(files.stream().filter(n -> n.endsWith(".json")).findFirst().get());
    assertThat(Files.readString(report, UTF_8)).contains("\"cancelled\"");
  }

  private PicsyncProcess start(ScriptedFtpServer source, ScriptedFtpServer destination)
      throws Exception {
    return picsync(
            "sync", source.uriOfUser(), destination.uriOfUser(), "--reports", reports.toString())
        .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
        .env("PICSYNC_DESTINATION_PASSWORD", ScriptedFtpServer.PASSWORD)
        .start();
  }
}

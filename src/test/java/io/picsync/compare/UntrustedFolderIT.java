package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A listing that is not complete is never compared: not as empty, not as short. */
final class UntrustedFolderIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path root;
  private Path folder;
  private ScriptedFtpServer server;

  @BeforeEach
  void makeArchives(@TempDir Path made) throws IOException {
    home = made.resolve("home");
    root = made.resolve("server");
    folder = Files.createDirectories(root.resolve("pictures"));
    server = ScriptedFtpServer.start();
    Trees.dayFolders(folder, LocalDate.of(2011, 7, 14), 3, 4, i -> 100 + i);
    for (Map.Entry<String, String> file : Trees.snapshot(folder).entrySet()) {
      server.put(
          "pictures/" + file.getKey(), Files.readAllBytes(folder.resolve(file.getKey())), TAKEN);
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private PicsyncContext start(String source, String destination) throws Exception {
    return PicsyncContext.at(home)
        .server("ftp", server)
        .server("local", root)
        .set("picsync.server.ftp.connections", "1")
        .sync("source1", source + "/pictures", destination + "/pictures")
        .start();
  }

  static Stream<Arguments> brokenListings() {
    return Stream.of(
        Arguments.of("425", Fault.reply("425 Cannot open data connection.")),
        Arguments.of("426", Fault.partial(60, "426 Connection closed; transfer aborted.")),
        Arguments.of("550", Fault.reply("550 Permission denied.")),
        Arguments.of("451", Fault.partial(0, "451 Local error.")),
        Arguments.of("cut line", Fault.truncate(90)),
        Arguments.of("dropped", Fault.partialThenDrop(60)));
  }

  private ArmedFault breakListingOfSecondDay(Fault fault) {
    return server.fault(
        "MLSD",
        1000,
        command -> {
          if (new String(command.content(), StandardCharsets.UTF_8)
              .contains("20110715000000.jpg")) {
            fault.strike(command);
          } else {
            command.proceed();
          }
        });
  }

  @ParameterizedTest(name = "{0} at the destination")
  @MethodSource("brokenListings")
  void brokenListingAtTheDestinationMakesNothingMissing(String name, Fault fault) throws Exception {
    breakListingOfSecondDay(fault);
    Files.delete(folder.resolve("20110714/20110714060000.jpg"));
    try (PicsyncContext picsync = start("local", "ftp")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("incomplete");
      assertThat(report.untrusted()).isEqualTo(1);
      assertThat(report.text("/untrusted/first/0/path")).isEqualTo("20110715");
      assertThat(report.text("/untrusted/first/0/side")).isEqualTo("destination");
      assertThat(report.text("/untrusted/first/0/reason")).isNotBlank();
      assertThat(report.atSource()).isEqualTo(7);
      assertThat(report.atDestination()).isEqualTo(8);
      assertThat(report.missingInDestination()).isZero();
      assertThat(report.missingInSource()).isEqualTo(1);
      assertThat(report.planned()).isZero();
      assertThat(server.count("STOR")).isZero();
    }
  }

  @ParameterizedTest(name = "{0} at the source")
  @MethodSource("brokenListings")
  void brokenListingAtTheSourceMakesNothingMissing(String name, Fault fault) throws Exception {
    breakListingOfSecondDay(fault);
    try (PicsyncContext picsync = start("ftp", "local")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("incomplete");
      assertThat(report.text("/untrusted/first/0/path")).isEqualTo("20110715");
      assertThat(report.text("/untrusted/first/0/side")).isEqualTo("source");
      assertThat(report.cause()).contains("20110715", "source");
      assertThat(report.inBoth()).isEqualTo(8);
      assertThat(report.missingInDestination()).isZero();
      assertThat(report.missingInSource()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "MLSD"})
  void oneUnreadableLineAmongThousandsMakesItsFolderUntrustedAndTheRestGoesOn(String verb)
      throws Exception {
    try (ScriptedFtpServer day =
        verb.equals("MLSD") ? ScriptedFtpServer.start() : ScriptedFtpServer.startWithout("MLSD")) {
      byte[] picture = Trees.picture(1, 20);
      for (int second = 0; second < 8640; second++) {
        day.put("pictures/20110714/2011071415%05d.jpg".formatted(second), picture, TAKEN);
      }
      day.put("pictures/20110715/20110715153010.jpg", picture, TAKEN);
      day.fault(
          verb,
          1000,
          command -> {
            String listing = new String(command.content(), StandardCharsets.UTF_8);
            command.openData();
            command.send(
                listing
                    .replaceFirst("[^\n]*201107141504321[.]jpg\r\n", "drive not ready\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            command.finishData();
            command.reply("226 Transfer complete.");
          });
      Files.createDirectories(root.resolve("copy"));
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .server("day", day)
              .server("local", root)
              .sync("source1", "day/pictures", "local/copy")
              .start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).isEqualTo("incomplete");
        assertThat(report.untrusted()).isEqualTo(1);
        assertThat(report.cause())
            .contains("20110714", "source", "line ", "is not understood: 'drive not ready'");
        assertThat(report.paths("missing")).containsExactly("20110715/20110715153010.jpg");
        assertThat(report.transferred()).isEqualTo(1);
      }
    }
  }

  @Test
  void listingThatComesAtTheSecondTryIsCompared() throws Exception {
    ArmedFault fault = server.fault("MLSD", 2, Fault.partialThenDrop(30));
    try (PicsyncContext picsync = start("ftp", "local")) {
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.inBoth()).isEqualTo(12);
      assertThat(fault.strikes()).isEqualTo(2);
    }
  }

  @Test
  void archiveThatCanNotBeListedIsUntrustedAsAWhole() throws Exception {
    server.fault("MLSD", 1000, Fault.reply("550 Permission denied."));
    try (PicsyncContext picsync = start("ftp", "local")) {
      StoredReport report = picsync.run("source1", Mode.check);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.untrusted()).isEqualTo(1);
      assertThat(report.atSource()).isZero();
      assertThat(report.atDestination()).isZero();
      assertThat(report.missingInSource()).isZero();
    }
  }

  @Test
  void serverThatDiesWhileComparedFailsTheRun() throws Exception {
    server.fault(
        "MLSD",
        1000,
        command -> {
          command.closeControl();
          server.maxConnections(0);
        });
    try (PicsyncContext picsync = start("ftp", "local")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isIn("failed", "incomplete");
      assertThat(report.missingInDestination()).isZero();
      assertThat(report.missingInSource()).isZero();
    }
  }
}

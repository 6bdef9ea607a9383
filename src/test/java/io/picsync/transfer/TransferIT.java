package io.picsync.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.SetClock;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers from a server that fails in every way. */
final class TransferIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final int PICTURES = 20;

  private Path home;
  private Path root;
  private Path destination;
  private ScriptedFtpServer old;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("new");
    destination = Files.createDirectories(root.resolve("pictures"));
    old = ScriptedFtpServer.start();
    for (int i = 0; i < PICTURES; i++) {
      old.put(path(i), Trees.picture(i, 5000 + i), TAKEN);
    }
  }

  @AfterEach
  void stop() throws IOException {
    old.close();
  }

  private static String path(int number) {
    return "pictures/201107%02d/2011071415301%d.jpg".formatted(14 + number / 10, number % 10);
  }

  private PicsyncContext start(String... settings) throws Exception {
    return builder(settings).start();
  }

  private PicsyncContext.Builder builder(String... settings) {
    PicsyncContext.Builder builder =
        PicsyncContext.at(home)
            .server("old", old)
            .server("new", root)
            .sync("source1", "old/pictures", "new/pictures");
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      builder.set(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return builder;
  }

  @Test
  void refusedPictureIsCountedAsFailedAndTheRunGoesOn() throws Exception {
    ArmedFault fault = faultAt("RETR", path(0), Fault.reply("550 No."));
    try (PicsyncContext picsync = start("picsync.transfer.threads=1")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.cause()).contains(path(0), "old", "550 No.");
      assertThat(report.failed()).isEqualTo(1);
      assertThat(report.transferred()).isEqualTo(PICTURES - 1);
      assertThat(fault.strikes()).as("tries of what won't pass").isEqualTo(1);
      assertThat(outcome(report, 0)).contains("failed", "550 No.");
      assertThat(Trees.snapshot(destination)).hasSize(PICTURES - 1);
    }
  }

  @Test
  void everyPictureMayFailAndTheReportSaysSo() throws Exception {
    old.fault("RETR", 1000, Fault.reply("550 No."));
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.failed()).isEqualTo(PICTURES);
      assertThat(report.paths("outcomes")).hasSize(PICTURES);
      assertThat(Trees.snapshot(destination)).isEmpty();
    }
  }

  static Stream<Arguments> shortDownloads() {
    return Stream.of(
        Arguments.of("226 but too short", Fault.truncate(1234)),
        Arguments.of("226 without a byte", Fault.truncate(0)),
        Arguments.of("426", Fault.partial(1234, "426 Connection closed; transfer aborted.")),
        Arguments.of("451 behind all bytes", Fault.doneButReplies("451 Local error.")),
        Arguments.of("reset", Fault.partialThenReset(1234, "426 Connection closed.")),
        Arguments.of("dropped", Fault.partialThenDrop(1234)),
        Arguments.of("no final reply", Fault.doneThenDrop()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shortDownloads")
  void cutDownloadIsTriedAgainAndNeverPublished(String name, Fault cut) throws Exception {
    ArmedFault fault = faultAt("RETR", path(5), cut);
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.failed()).isEqualTo(1);
      assertThat(report.transferred()).isEqualTo(PICTURES - 1);
      assertThat(fault.strikes()).as("tries").isEqualTo(4);
      assertThat(Trees.snapshot(destination))
          .hasSize(PICTURES - 1)
          .doesNotContainKey(path(5).substring("pictures/".length()));

      fault.disarm();
      StoredReport again = picsync.run("source1", Mode.sync);
      assertThat(again.status()).as(again.cause()).isEqualTo("completed");
      assertThat(again.transferred()).isEqualTo(1);
      assertThat(root.resolve(path(5))).hasBinaryContent(Trees.picture(5, 5005));
    }
  }

  @Test
  void downloadThatIsCutOnceArrivesAtTheNextTry() throws Exception {
    ArmedFault fault = old.fault("RETR", 3, Fault.partialThenDrop(1234));
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(fault.strikes()).isEqualTo(3);
    }
  }

  @Test
  void pictureThatVanishedIsNoFailure() throws Exception {
    old.fault(
        "RETR",
        argument -> argument.endsWith(path(7)),
        1,
        command -> {
          old.delete(path(7));
          command.proceed();
        });
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transfer("vanished")).isEqualTo(1);
      assertThat(report.transferred()).isEqualTo(PICTURES - 1);
      assertThat(outcome(report, 7)).contains("vanished");
    }
  }

  @Test
  void pictureThatSomebodyElseStoredMeanwhileIsAlreadyThere() throws Exception {
    byte[] same = Trees.picture(7, 5007);
    old.fault(
        "RETR",
        argument -> argument.endsWith(path(7)),
        1,
        command -> {
          Trees.put(root, path(7), same, TAKEN);
          command.proceed();
        });
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.transfer("alreadyThere")).isEqualTo(1);
      assertThat(report.transferred()).isEqualTo(PICTURES - 1);
    }
  }

  @Test
  void otherPictureThatAppearedMeanwhileIsNotReplaced() throws Exception {
    byte[] other = Trees.picture(99, 77);
    old.fault(
        "RETR",
        argument -> argument.endsWith(path(7)),
        1,
        command -> {
          Trees.put(root, path(7), other, TAKEN);
          command.proceed();
        });
    try (PicsyncContext picsync = start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.failed()).isEqualTo(1);
      assertThat(root.resolve(path(7))).hasBinaryContent(other);
    }
  }

  @Test
  void sourceThatDiesInTheMiddleLeavesTheRestUnattempted() throws Exception {
    AtomicInteger fetched = new AtomicInteger();
    old.fault(
        "RETR",
        1000,
        command -> {
          if (fetched.incrementAndGet() > 5) {
            old.close();
          }
          command.proceed();
        });
    try (PicsyncContext picsync = start("picsync.transfer.threads=2")) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.cause()).contains("old");
      assertThat(report.transferred()).isBetween(1L, 5L);
      assertThat(report.notAttempted()).isPositive();
      assertThat(Trees.snapshot(destination)).hasSize((int) report.transferred());
    }
  }

  @Test
  void cutUploadLeavesNoTemporaryFileAndIsTriedAgain() throws Exception {
    try (ScriptedFtpServer far = ScriptedFtpServer.start()) {
      far.makeFolder("pictures");
      ArmedFault fault = far.fault("STOR", 2, Fault.partialThenDrop(1000));
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .server("old", old)
              .server("new", far)
              .sync("source1", "old/pictures", "new/pictures")
              .start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).as(report.cause()).isEqualTo("completed");
        assertThat(report.transferred()).isEqualTo(PICTURES);
        assertThat(fault.strikes()).isEqualTo(2);
        assertThat(far.paths()).isEqualTo(old.paths());
      }
    }
  }

  /** A step that leaves a stream which is read once. */
  public static final class PlainStep {
    public InputStream plain(InputStream bytes) {
      return new BufferedInputStream(bytes, 512);
    }
  }

  /** What the first try left of the stream would be stored as a whole picture. */
  @Test
  void streamThatAStepLeftIsNotStoredFromItsMiddle() throws Exception {
    try (ScriptedFtpServer far = ScriptedFtpServer.start()) {
      far.makeFolder("pictures");
      far.fault("STOR", 1, Fault.partialThenDrop(1000));
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .server("old", old)
              .server("new", far)
              .set("picsync.transfer.threads", "1")
              .edit(
                  "transfer.camel.yaml",
                  text ->
                      text.replace(
                          "        - toD:\n            id: store",
                          "        - bean:\n            beanType: io.picsync.transfer.TransferIT$PlainStep\n            method: plain\n        - toD:\n            id: store"))
              .sync("source1", "old/pictures", "new/pictures")
              .start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.lines("outcomes"))
            .anyMatch(line -> line.toString().contains("can't be read again"));
        assertThat(picsync.run("source1", Mode.sync).transferred()).isEqualTo(1);
        assertThat(far.paths()).isEqualTo(old.paths());
        for (String path : far.paths()) {
          assertThat(far.file(path)).isEqualTo(old.file(path));
        }
      }
    }
  }

  @Test
  void fullDiskHaltsTheRun() throws Exception {
    try (ScriptedFtpServer far = ScriptedFtpServer.start()) {
      far.makeFolder("pictures");
      AtomicInteger stored = new AtomicInteger();
      far.fault(
          "STOR",
          1000,
          command -> {
            if (stored.incrementAndGet() > 4) {
              Fault.partial(1000, "452 Insufficient storage space.").strike(command);
            } else {
              command.proceed();
            }
          });
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .server("old", old)
              .server("new", far)
              .set("picsync.transfer.threads", "1")
              .sync("source1", "old/pictures", "new/pictures")
              .start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).isEqualTo("incomplete");
        assertThat(report.cause())
            .contains("new", "space", "Still to be stored:", "not told by the server");
        assertThat(report.notAttempted()).isPositive();
        assertThat(far.paths()).hasSize((int) report.transferred());
      }
    }
  }

  @Test
  void fullDestinationIsProbedSlowlyAcrossRunsAndToldOnce() throws Exception {
    SetClock clock = new SetClock(Instant.parse("2011-08-01T00:00:00Z"));
    try (ScriptedFtpServer far = ScriptedFtpServer.start();
        LoggedLines log = LoggedLines.warnings()) {
      far.makeFolder("pictures");
      AtomicBoolean full = new AtomicBoolean(true);
      far.fault(
          "STOR",
          1000,
          command -> {
            if (full.get()) {
              command.reply("452 Insufficient storage space.");
            } else {
              command.proceed();
            }
          });
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .clock(clock)
              .server("old", old)
              .server("new", far)
              .sync("source1", "old/pictures", "new/pictures")
              .start()) {
        assertThat(picsync.run("source1", Mode.sync).status()).isEqualTo("incomplete");
        int first = far.count("STOR");
        assertThat(first).as("by the pictures under way").isBetween(1, 8);
        old.clearCalls();

        for (int run = 0; run < 6; run++) {
          StoredReport report = picsync.run("source1", Mode.sync);
          assertThat(report.status()).isEqualTo("incomplete");
          assertThat(report.cause()).contains("new/pictures is full since 2011-08-01T00:00:00Z");
        }
        assertThat(far.count("STOR")).as("while it is known to be full").isEqualTo(first);
        assertThat(old.count("RETR")).as("nor is any fetched in vain").isZero();

        clock.pass(Duration.ofMinutes(10));
        picsync.run("source1", Mode.sync);
        picsync.run("source1", Mode.sync);
        assertThat(far.count("STOR")).as("one probe").isEqualTo(first + 1);
        assertThat(log.lines()).filteredOn(line -> line.startsWith("ERROR")).hasSize(1);

        full.set(false);
        clock.pass(Duration.ofMinutes(10));
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).as(report.cause()).isEqualTo("completed");
        assertThat(far.paths()).isEqualTo(old.paths());
      }
    }
  }

  @Test
  void largePicturesGoThroughTheSpoolAndLeaveNothingThere() throws Exception {
    Path spool = home.resolve("spool");
    try (PicsyncContext picsync =
        start("picsync.transfer.memory=1KB", "picsync.transfer.spool=" + spool)) {
      faultAt("RETR", path(2), Fault.truncate(2000));
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.transferred()).isEqualTo(PICTURES - 1);
      assertThat(Trees.snapshot(spool)).isEmpty();
      assertThat(root.resolve(path(3))).hasBinaryContent(Trees.picture(3, 5003));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0%", "100%"})
  void reportTellsHowManyPicturesCameBackAsTheyWereSent(String share) throws Exception {
    int all = share.equals("0%") ? 0 : PICTURES;
    try (PicsyncContext picsync = start("picsync.transfer.read-back=" + share)) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("completed");
      assertThat(report.transferred()).isEqualTo(PICTURES);
      assertThat(report.transfer("verified/readBack")).isEqualTo(all);
      assertThat(report.transfer("verified/size")).isEqualTo(PICTURES - all);
      assertThat(report.transfer("verified/hash")).isZero();
    }
  }

  /** The further tries read it back too, so none is published unread. */
  @Test
  void pictureThatNeverComesBackAsItWasSentFailsAndIsNeverPublished() throws Exception {
    try (ScriptedFtpServer altering = ScriptedFtpServer.start()) {
      altering.makeFolder("pictures");
      String begins = path(3).replaceFirst("(.*/)", "$1."); // its temporary names do
      ArmedFault alters =
          altering.fault("RETR", file -> file.contains(begins), 1000, Fault.truncate(4000));
      try (PicsyncContext picsync =
          builder("picsync.transfer.read-back=100%").server("new", altering).start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).isEqualTo("incomplete");
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.transfer("verified/readBack")).isEqualTo(PICTURES - 1);
        assertThat(outcome(report, 3)).contains("failed", "not what was sent");
        assertThat(alters.strikes()).isEqualTo(4);
        assertThat(altering.paths()).hasSize(PICTURES - 1).doesNotContain(path(3));
      }
    }
  }

  @Test
  void workersElsewhereTakeTheSameMessageAndAnswerWithTheSameOutcome() throws Exception {
    try (PicsyncContext picsync =
        builder("picsync.transfer=direct:elsewhere")
            .sync(
                "elsewhere",
                """
                - route:
                    id: elsewhere
                    errorHandler:
                      noErrorHandler: {}
                    from:
                      uri: direct:elsewhere
                      steps:
                        - choice:
                            when:
                              - expression:
                                  simple:
                                    expression: "${body.path} contains '153013'"
                                steps:
                                  - throwException:
                                      exceptionType: java.io.IOException
                                      message: The broker is down.
                              - expression:
                                  simple:
                                    expression: "${body.path} contains '153014'"
                                steps:
                                  - stop: {}
                              - expression:
                                  simple:
                                    expression: "${body.path} contains '153015'"
                                steps:
                                  - setBody:
                                      expression:
                                        constant:
                                          expression: "a stray answer"
                            otherwise:
                              steps:
                                - to:
                                    uri: direct:transfer-picture
                """)
            .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.transferred()).isEqualTo(PICTURES - 6);
      assertThat(outcome(report, 3)).contains("failed", "The broker is down.");
      assertThat(outcome(report, 5)).contains("failed", "a stray answer");
      assertThat(report.failed()).isEqualTo(4);
      assertThat(report.notAttempted()).as("stopped by the route").isEqualTo(2);
    }
  }

  private ArmedFault faultAt(String verb, String path, Fault fault) {
    return old.fault(verb, argument -> argument.endsWith(path), 1000, fault);
  }

  private static String outcome(StoredReport report, int number) throws IOException {
    String path = path(number).substring("pictures/".length());
    return report.lines("outcomes").stream()
        .filter(line -> line.path("path").asText().equals(path))
        .findFirst()
        .orElseThrow()
        .toString();
  }
}

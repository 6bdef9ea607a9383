package io.picsync.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.sync.Mode;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that a camera still writes, and pictures that are broken for good. */
final class UnsettledIT {
  private static final Instant LONG_AGO = Instant.parse("2011-07-14T15:30:10Z");
  private static final String OLD_DAY = "pictures/20110714/";
  private static final String OLD = OLD_DAY + "20110714153010.jpg";
  private static final byte[] WHOLE = Trees.picture(1, 9000);
  private static final byte[] HALF = cut(WHOLE, 4500);

  private Path home;
  private Path root;
  private ScriptedFtpServer ftp;

  @BeforeEach
  void makeFolders(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("new");
    Files.createDirectories(root.resolve("pictures"));
    ftp = ScriptedFtpServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    ftp.close();
  }

  private void serverWithout(String... verbs) throws IOException {
    ftp.close();
    ftp = ScriptedFtpServer.startWithout(verbs);
  }

  /** No end marker anywhere near its end. */
  private static byte[] cut(byte[] whole, int length) {
    byte[] cut = Arrays.copyOf(whole, length);
    Arrays.fill(cut, 100, length, (byte) 7);
    return cut;
  }

  private static Instant now() {
    return Instant.now();
  }

  private static String today() {
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.now(ZoneOffset.UTC));
    return "pictures/" + day + "/" + day + "120000.jpg";
  }

  private PicsyncContext start(String... options) throws Exception {
    return PicsyncContext.at(home)
        .server("old", ftp)
        .server("new", root)
        .sync("source1", "old/pictures", "new/pictures", options)
        .start();
  }

  private StoredReport run(String... options) throws Exception {
    try (PicsyncContext picsync = start(options)) {
      return picsync.run("source1", Mode.sync);
    }
  }

  private static void isLeftToTheNextRun(StoredReport report) {
    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.planned()).isEqualTo(1);
    assertThat(report.notAttempted()).isEqualTo(1);
    assertThat(report.transfer("unsettled")).isEqualTo(1);
  }

  private static JsonNode onlyOutcome(StoredReport report) throws IOException {
    List<JsonNode> outcomes = report.lines("outcomes");
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }

  @Test
  void freshPictureTakesNoPartAndIsTakenWhenItHasRested() throws Exception {
    ftp.put(OLD, WHOLE, now());

    StoredReport fresh = run();
    assertThat(fresh.status()).isEqualTo("completed");
    assertThat(fresh.atSource()).isZero();
    assertThat(fresh.missingInDestination()).isZero();
    assertThat(fresh.ignored("source", "unsettled")).isEqualTo(1);
    assertThat(ftp.count("RETR")).isZero();

    ftp.put(OLD, WHOLE, now().minus(Duration.ofMinutes(2)));
    StoredReport rested = run();
    assertThat(rested.transferred()).isEqualTo(1);
    assertThat(rested.ignored("source", "unsettled")).isZero();
    assertThat(root.resolve(OLD)).hasBinaryContent(WHOLE);
  }

  @Test
  void freshPictureThatIsOnBothSidesAlikeIsInBoth() throws Exception {
    ftp.put(OLD, WHOLE, now());
    Trees.put(root, OLD, WHOLE, now());

    StoredReport report = run();

    assertThat(report.inBoth()).isEqualTo(1);
    assertThat(report.ignored("source", "unsettled")).isZero();
  }

  @Test
  void pictureThatIsStillWrittenOnOneSideDoesNotDiffer() throws Exception {
    ftp.put(OLD, WHOLE, LONG_AGO);
    Trees.put(root, OLD, HALF, now());
    ftp.put(OLD_DAY + "b.jpg", HALF, now());
    Trees.put(root, OLD_DAY + "b.jpg", WHOLE, LONG_AGO);

    StoredReport report = run();

    assertThat(report.differing()).isZero();
    assertThat(report.atSource() + report.atDestination()).isZero();
    assertThat(report.ignored("source", "unsettled")).isEqualTo(2);
    assertThat(report.ignored("destination", "unsettled")).isEqualTo(2);
    assertThat(run("settle=0s").differing()).isEqualTo(2);
  }

  @Test
  void settleOfZeroTakesEveryPictureAtOnce() throws Exception {
    ftp.put(today(), HALF, now());

    StoredReport report = run("settle=0s");

    assertThat(report.transferred()).isEqualTo(1);
    assertThat(root.resolve(today())).hasBinaryContent(HALF);
  }

  @Test
  void clockOfTheServerThatGoesAheadHoldsNothingUp() throws Exception {
    ftp.put(OLD, WHOLE, now().plus(Duration.ofHours(2)));

    assertThat(run().transferred()).isEqualTo(1);
  }

  /** LIST tells no time to rely on; MDTM, asked with the fetch, does. */
  @Test
  void freshPictureOfAServerWithoutMlsdIsNotPublished() throws Exception {
    serverWithout("MLSD", "MLST");
    ftp.put(OLD, WHOLE, now());

    isLeftToTheNextRun(run());
    assertThat(root.resolve(OLD)).doesNotExist();

    ftp.put(OLD, WHOLE, now().minus(Duration.ofMinutes(2)));
    assertThat(run().transferred()).isEqualTo(1);
  }

  @Test
  void pictureThatGrowsAfterItWasListedIsNotPublished() throws Exception {
    ftp.put(OLD, HALF, LONG_AGO);
    growsAt("MDTM");

    StoredReport report = run();

    isLeftToTheNextRun(report);
    assertThat(root.resolve(OLD)).doesNotExist();
    assertThat(onlyOutcome(report).path("outcome").asText()).isEqualTo("unsettled");
    assertThat(onlyOutcome(report).path("reason").asText()).contains("4500", "9000", "old");
    assertThat(run().transferred()).isEqualTo(1);
    assertThat(root.resolve(OLD)).hasBinaryContent(WHOLE);
  }

  @Test
  void pictureThatGrowsWhileItIsFetchedIsNotPublished() throws Exception {
    ftp.put(OLD, HALF, LONG_AGO);
    ArmedFault grows = growsAt("RETR");

    isLeftToTheNextRun(run());

    assertThat(grows.strikes()).as("tries").isEqualTo(1);
    assertThat(root.resolve(OLD)).doesNotExist();
    assertThat(run().transferred()).isEqualTo(1);
    assertThat(root.resolve(OLD)).hasBinaryContent(WHOLE);
  }

  @Test
  void pictureThatGrewOnAServerWithoutSizeAndTimesIsNotPublished() throws Exception {
    serverWithout("MLSD", "MLST", "MDTM", "SIZE");
    ftp.put(OLD, HALF, LONG_AGO);
    growsAt("RETR");

    isLeftToTheNextRun(run());

    assertThat(root.resolve(OLD)).doesNotExist();
  }

  private ArmedFault growsAt(String verb) {
    return ftp.fault(
        verb,
        1,
        command -> {
          ftp.put(OLD, WHOLE, LONG_AGO);
          command.proceed();
        });
  }

  @Test
  void brokenPictureOfTodayWaitsWhereNoTimeIsTold() throws Exception {
    serverWithout("MLSD", "MLST", "MDTM");
    ftp.put(today(), HALF, now());

    isLeftToTheNextRun(run());
    assertThat(root.resolve(today())).doesNotExist();

    ftp.put(today(), WHOLE, now());
    StoredReport whole = run();
    assertThat(whole.transferred()).isEqualTo(1);
    assertThat(root.resolve(today())).hasBinaryContent(WHOLE);
  }

  @Test
  void brokenPictureOfLongAgoIsCopiedAsItIsAndCounted() throws Exception {
    serverWithout("MLSD", "MLST", "MDTM");
    String empty = OLD_DAY + "empty.jpg";
    String tail = OLD_DAY + "tail.jpg";
    byte[] zeroTail = Arrays.copyOf(HALF, 9000);
    ftp.put(OLD, HALF, LONG_AGO);
    ftp.put(empty, new byte[0], LONG_AGO);
    ftp.put(tail, zeroTail, LONG_AGO);
    ftp.put(OLD_DAY + "whole.jpg", WHOLE, LONG_AGO);
    ftp.put(OLD_DAY + "cut.raw", HALF, LONG_AGO);

    StoredReport report = run();

    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.transferred()).isEqualTo(5);
    assertThat(report.number("/damaged/count")).isEqualTo(3);
    assertThat(report.json().at("/damaged/first"))
        .extracting(
            picture -> picture.path("path").asText() + ": " + picture.path("reason").asText())
        .containsExactlyInAnyOrder(
            "20110714/20110714153010.jpg: no end marker",
            "20110714/empty.jpg: zero bytes",
            "20110714/tail.jpg: zero-filled tail");
    assertThat(report.lines("outcomes"))
        .filteredOn(line -> line.path("path").asText().endsWith("tail.jpg"))
        .extracting(line -> line.path("damaged").asText())
        .containsExactly("zero-filled tail");
    assertThat(root.resolve(OLD)).hasBinaryContent(HALF);
    assertThat(root.resolve(empty)).isEmptyFile();
    assertThat(root.resolve(tail)).hasBinaryContent(zeroTail);
  }

  @Test
  void brokenPictureWhoseTimeIsKnownWaitsTenTimesAsLong() throws Exception {
    ftp.put(OLD, HALF, now().minus(Duration.ofMinutes(5)));
    isLeftToTheNextRun(run());

    ftp.put(OLD, HALF, now().minus(Duration.ofMinutes(11)));
    assertThat(run().number("/damaged/count")).isEqualTo(1);
  }
}

package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.Fault;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.ServerCertificate;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code picsync check} and {@code picsync sync} as a user types them. */
final class CommandIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final Path source;
  private final Path destination;
  private final Path reports;

  CommandIT(@TempDir Path temporary) {
    source = temporary.resolve("source");
    destination = temporary.resolve("destination");
    reports = temporary.resolve("reports");
  }

  @BeforeEach
  void twoDaysOfPicturesAndAnEmptyDestination() throws IOException {
    Trees.dayFolders(source, LocalDate.of(2011, 7, 14), 2, 4, number -> 500 + number);
    Files.createDirectories(destination);
  }

  private static String ftp(int port, String user, String folder) {
    return "ftp://" + user + "@127.0.0.1:" + port + folder;
  }

  @Test
  void checkOfTwoFoldersTellsWhatIsMissingAndChangesNothing() throws Exception {
    Ended ended = picsync("check", source.toString(), destination.toString()).run();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains("8").contains("missing").contains("report: ");
    assertThat(ended.err()).isEmpty();
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void checkMakesNoDestination() throws Exception {
    Path absent = destination.resolveSibling("absent");

    assertThat(picsync("check", source.toString(), absent.toString()).run().code()).isEqualTo(1);
    assertThat(picsync("check", source.toString(), absent + "/deep", "--create-destination").run())
        .returns(1, Ended::code);
    assertThat(absent).doesNotExist();
  }

  @Test
  void syncOfTwoFoldersBringsContentAndTimesAndThenFindsNothingToDo() throws Exception {
    Ended first = picsync("sync", source.toString(), destination.toString()).run();
    Ended second = picsync("sync", source.toString(), destination.toString()).run();

    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("transferred 8 of 8");
    assertThat(second.code()).isZero();
    assertThat(second.out()).contains("nothing to transfer").contains("nothing is missing");
    assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(Trees.snapshotWithTimes(source));
  }

  /** A misspelt pattern would pass for a copy that is complete. */
  @Test
  void aPatternThatFitsNothingIsTold() throws Exception {
    Ended ended =
        picsync("check", source.toString(), destination.toString(), "--include", "**/*.jgp").run();

    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("NOTE: the source has no picture that takes part; look whether --include");
  }

  @Test
  void syncFromFtpToFolder() throws Exception {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(source, "camera", "geheim")) {
      Ended ended =
          picsync("sync", ftp(server.port(), "camera", ""), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", "geheim")
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    }
    assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(Trees.snapshotWithTimes(source));
  }

  @Test
  void syncFromFtpsTrustsNobodyUnlessTold() throws Exception {
    ServerCertificate certificate = CertificateAuthority.named("own").issue();
    try (EmbeddedFtpServer server =
        EmbeddedFtpServer.at(source)
            .user("camera", "geheim")
            .tls(certificate.keyStore("key"), "key", false)
            .start()) {
      String address = "ftps://camera@127.0.0.1:" + server.port();
      Ended untold =
          picsync("sync", address, destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", "geheim")
              .run();
      Matcher fingerprint = Pattern.compile("SHA256:[0-9A-F:]+").matcher(untold.err());

      assertThat(untold.code()).isEqualTo(3);
      assertThat(untold.err()).contains("was issued by nobody who is trusted here");
      assertThat(fingerprint.find()).isTrue();
      assertThat(
              picsync("sync", address, destination.toString())
                  .env("PICSYNC_SOURCE_PASSWORD", "geheim")
                  .env("PICSYNC_SOURCE_TLS_PIN", fingerprint.group())
                  .run())
          .returns(0, Ended::code)
          .returns("", Ended::err);
    }
    assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(Trees.snapshotWithTimes(source));
  }

  @Test
  void syncFromSftpTrustsNobodyUnlessTold() throws Exception {
    try (EmbeddedSftpServer server = EmbeddedSftpServer.start(source, "camera", "geheim")) {
      String address = "sftp://camera@127.0.0.1:" + server.port();
      Ended untold =
          picsync("sync", address, destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", "geheim")
              .run();
      Matcher told =
          Pattern.compile("PICSYNC_SOURCE_HOST_KEY=(SHA256:\\S+)\\.").matcher(untold.err());

      assertThat(untold.code()).isEqualTo(3);
      assertThat(destination).isEmptyDirectory();
      assertThat(told.find()).as(untold.err()).isTrue();
      assertThat(
              picsync("sync", address, destination.toString())
                  .env("PICSYNC_SOURCE_PASSWORD", "geheim")
                  .env("PICSYNC_SOURCE_HOST_KEY", told.group(1))
                  .run())
          .returns(0, Ended::code)
          .returns("", Ended::err);
    }
    assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(Trees.snapshotWithTimes(source));
  }

  @Test
  @RequiresDaemon("sshd")
  void syncToSftpLogsInWithAnEncryptedKey(@TempDir Path folder) throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path served = Files.createDirectory(folder.resolve("served"));
    try (OpenSshServer server =
        OpenSshServer.at(served).keyLoginOnly().passphrase("sesam öffne dich").start()) {
      Path known = Files.writeString(folder.resolve("known_hosts"), server.knownHost());
      Ended ended =
          picsync(
                  "sync",
                  source.toString(),
                  "sftp://%s@127.0.0.1:%d/pictures".formatted(server.user(), server.port()))
              .env("PICSYNC_DESTINATION_PRIVATE_KEY", server.privateKey().toString())
              .env("PICSYNC_DESTINATION_PRIVATE_KEY_PASSPHRASE", "sesam öffne dich")
              .env("PICSYNC_DESTINATION_KNOWN_HOSTS", known.toString())
              .run();

      assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
      assertThat(ended.out()).contains("transferred 8 of 8");
    }
    assertThat(Trees.snapshotWithTimes(served.resolve("pictures")))
        .isEqualTo(Trees.snapshotWithTimes(source));
  }

  @Test
  void syncBetweenTwoFtpServers() throws Exception {
    try (EmbeddedFtpServer old = EmbeddedFtpServer.start(source, "camera", "geheim");
        EmbeddedFtpServer fresh = EmbeddedFtpServer.start(destination, "archive", "anders")) {
      Ended ended =
          picsync(
                  "sync",
                  ftp(old.port(), "camera", "/20110714"),
                  ftp(fresh.port(), "archive", "/pictures"))
              .env("PICSYNC_SOURCE_PASSWORD", "geheim")
              .env("PICSYNC_DESTINATION_PASSWORD", "anders")
              .run();

      assertThat(ended.code()).isZero();
    }
    assertThat(Trees.snapshot(destination.resolve("pictures")))
        .isEqualTo(Trees.snapshot(source.resolve("20110714")));
  }

  @Test
  void aPasswordIsTakenLetterByLetter() throws Exception {
    String password = "a{{b}} c%41+ü#?&\"'\\${x}RAW(y)";
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(source, "camera", password)) {
      Ended ended =
          picsync("sync", ftp(server.port(), "camera", ""), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", password)
              .run();

      assertThat(ended.all()).doesNotContain(password);
      assertThat(ended.code()).isZero();
    }
  }

  @Test
  void anUntrustedFolderMakesTheRunIncomplete() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      server.put("/20110714/a.jpg", Trees.picture(1, 400), TAKEN);
      server.put("/20110715/b.jpg", Trees.picture(2, 400), TAKEN);
      Fault denied = Fault.reply("550 Permission denied.");
      server.fault("CWD", path -> path.contains("20110715"), 100, denied);
      Ended ended =
          picsync(
                  "sync",
                  ftp(server.port(), ScriptedFtpServer.USER, ""),
                  destination.toString(),
                  "--json")
              .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
              .run();

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).contains("20110715").contains("\"incomplete\"");
      assertThat(destination.resolve("20110714/a.jpg")).exists();
    }
  }

  @Test
  void aPictureThatCannotBeFetchedMakesTheRunIncompleteAndLeavesNoPart() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      server.put("/20110714/a.jpg", Trees.picture(1, 4000), TAKEN);
      server.put("/20110714/b.jpg", Trees.picture(2, 4000), TAKEN);
      server.fault(
          "RETR", path -> path.endsWith("a.jpg"), 100, Fault.partial(700, "451 Disk error."));
      Ended ended =
          picsync("sync", ftp(server.port(), ScriptedFtpServer.USER, ""), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
              .run();

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).contains("transferred 1 of 2").contains("1 failed").contains("451");
      assertThat(Trees.snapshot(destination)).containsOnlyKeys("20110714/b.jpg");
    }
  }

  @Test
  void theOnlyPictureFailsAndTheReportSaysSo() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      server.put("/20110714/a.jpg", Trees.picture(1, 4000), TAKEN);
      server.fault("RETR", 100, Fault.reply("550 Permission denied."));
      Ended ended =
          picsync("sync", ftp(server.port(), ScriptedFtpServer.USER, ""), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
              .run();

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).contains("1 failed").contains("550").contains("report: ");
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void theArchivesOwnFolderIsUntrustedAndTheReportSaysSo() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.startWithout("MLSD")) {
      server.put("/20110714/a.jpg", Trees.picture(1, 4000), TAKEN);
      server.fault("LIST", 100, Fault.reply("550 Permission denied."));
      Ended ended =
          picsync("check", ftp(server.port(), ScriptedFtpServer.USER, ""), destination.toString())
              .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
              .run();

      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).contains("not compared").contains("550").contains("report: ");
    }
  }

  @Test
  void connectionsBoundsWhatEachServerSees() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      for (int number = 0; number < 40; number++) {
        server.put(
            "/2011071" + number % 8 + "/" + number + ".jpg", Trees.picture(number, 800), TAKEN);
      }
      server.fault("RETR", 40, Fault.late(Duration.ofMillis(50)));
      Ended two = fetchOver(server, 2, "two");
      assertThat(two.code()).isZero();
      assertThat(server.peakConnections()).isEqualTo(2);
      server.clearCalls();
      assertThat(fetchOver(server, 1, "one").code()).isZero();
      assertThat(server.peakConnections()).isEqualTo(1);
    }
  }

  private Ended fetchOver(ScriptedFtpServer server, int connections, String folder)
      throws IOException, InterruptedException {
    return picsync(
            "sync",
            "--connections",
            Integer.toString(connections),
            ftp(server.port(), ScriptedFtpServer.USER, ""),
            destination.resolve(folder).toString())
        .env("PICSYNC_SOURCE_PASSWORD", ScriptedFtpServer.PASSWORD)
        .run();
  }

  @Test
  void includeAndExcludeSelectWhatTakesPart() throws Exception {
    Trees.put(source, "film.mp4", new byte[] {1}, TAKEN);
    Trees.put(source, "raw/20110714/1.raw", new byte[] {1}, TAKEN);

    Ended ended =
        picsync(
                "sync",
                source.toString(),
                destination.toString(),
                "--include",
                "**/*.mp4,**/*.jpg",
                "--exclude=raw,20110715")
            .run();

    assertThat(ended.code()).isZero();
    assertThat(Trees.snapshot(destination).keySet())
        .hasSize(5)
        .contains("film.mp4")
        .noneMatch(path -> path.startsWith("raw") || path.startsWith("20110715"));
  }

  @Test
  void patternsAreTakenLetterByLetter() throws Exception {
    Trees.put(source, "a+b {{c}} 50%41 (d).jpg", new byte[] {1}, TAKEN);

    Ended ended =
        picsync(
                "sync",
                source.toString(),
                destination.toString(),
                "--include",
                "a+b {{c}} 50%41 (d).jpg")
            .run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(destination)).containsOnlyKeys("a+b {{c}} 50%41 (d).jpg");
  }

  @Test
  void aDeepDestinationIsMadeOnlyWhenAskedFor() throws Exception {
    Path deep = destination.resolve("a/b/c");

    Ended refused = picsync("sync", source.toString(), deep.toString()).run();
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("--create-destination").contains(deep.toString());
    assertThat(destination).isEmptyDirectory();

    Ended asked = picsync("sync", source.toString(), deep.toString(), "--create-destination").run();
    assertThat(asked.code()).isZero();
    assertThat(Trees.snapshot(deep)).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void reportsAreKeptWhereAskedAlsoInAFolderOfAnyName() throws Exception {
    Path odd = reports.resolve("odd ü %41 + # ? {{x}} [a]");

    Ended ended =
        picsync("check", source.toString(), destination.toString(), "--reports", odd.toString())
            .run();

    assertThat(ended).returns(1, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(odd).keySet())
        .hasSize(3)
        .anyMatch(file -> file.endsWith(".json"))
        .anyMatch(file -> file.endsWith(".missing.jsonl.gz"))
        .anyMatch(file -> file.endsWith(".picsync.lock"));
  }

  @Test
  void reportsGoBelowTheStateFolderByDefault() throws Exception {
    Ended ended =
        picsync("check", source.toString(), destination.toString())
            .env("XDG_STATE_HOME", reports.toString())
            .run();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.out()).contains(reports.resolve("picsync/reports").toString());
    assertThat(Trees.snapshot(reports)).isNotEmpty();
  }

  @Test
  void whatTheDestinationHasIsLeftAsItIs() throws Exception {
    Trees.put(destination, "20110714/own.jpg", new byte[] {9}, TAKEN);
    String differing = Trees.snapshot(source).firstKey();
    Trees.put(destination, differing, new byte[] {8}, TAKEN);

    Ended ended = picsync("sync", source.toString(), destination.toString()).run();

    assertThat(ended.code()).isZero();
    assertThat(Files.readAllBytes(destination.resolve("20110714/own.jpg"))).containsExactly(9);
    assertThat(Files.readAllBytes(destination.resolve(differing))).containsExactly(8);
    assertThat(Trees.snapshot(destination)).hasSize(9);
  }

  @Test
  void versionAndHelpAreForThoseWhoAsk() throws Exception {
    assertThat(picsync("--version").run())
        .returns(0, Ended::code)
        .matches(ended -> ended.out().matches("picsync \\d.*\\R"));
    for (String command :
        List.of("check", "sync", "run", "validate", "health", "demo", "prepare")) {
      Ended help = picsync(command, "--help").run();
      assertThat(help).returns(0, Ended::code).returns("", Ended::err);
      assertThat(help.out()).contains("picsync " + command);
    }
  }
}

package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.FreePort;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can't work is told in one line with what, where and what to do, and leaves nothing. */
final class WrongUsageIT {
  private final Path folder;
  private final Path source;
  private final Path destination;
  private final Path file;

  WrongUsageIT(@TempDir Path temporary) {
    folder = temporary;
    source = temporary.resolve("source");
    destination = temporary.resolve("destination");
    file = temporary.resolve("file.jpg");
  }

  @BeforeEach
  void onePictureAndAnEmptyDestination() throws IOException {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 300), Instant.EPOCH);
    Files.createDirectories(destination);
    Files.write(file, new byte[] {1});
  }

  private static void isPlain(Ended ended) {
    assertThat(ended.all())
        .doesNotContainPattern("\\bat [a-z.]+\\(")
        .doesNotContain("Exception")
        .doesNotContain("io.picsync.");
  }

  /** One line of its own, and where help is. */
  private static void isUsage(Ended ended, String... tells) {
    isPlain(ended);
    assertThat(ended).returns(64, Ended::code).returns("", Ended::out);
    assertThat(ended.errors()).hasSize(2);
    assertThat(ended.errors().get(0)).startsWith("picsync: ").contains(tells);
    assertThat(ended.errors().get(1)).startsWith("Try 'picsync").contains("--help");
  }

  /** One line, and the report if there is one. */
  private static void isFailure(Ended ended, String... tells) {
    isPlain(ended);
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.errors()).hasSize(1);
    assertThat(ended.err()).startsWith("picsync: ").contains(tells);
    assertThat(ended.out()).doesNotContain("pictures");
  }

  private Ended check(String from, String to, String... options) throws Exception {
    return run("check", from, to, options);
  }

  private static Ended run(String mode, String from, String to, String... options)
      throws Exception {
    String[] words = new String[options.length + 3];
    words[0] = mode;
    words[1] = from;
    words[2] = to;
    System.arraycopy(options, 0, words, 3, options.length);
    return picsync(words).env("PICSYNC_SOURCE_PASSWORD", "geheim").run();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, command is wanted",
        "chek a b, chek",
        "--nope, --nope",
        "check, SOURCE",
        "check a, DESTINATION",
        "check a b superfluous, superfluous",
        "check a b --nope, --nope",
        "check a b --connections, --connections",
        "check a b --connections many, many",
        "check a b --connections 0, at least 1",
        "check a b --connections -1, at least 1",
        "run superfluous, superfluous",
      })
  void wrongWordsAreNamed(String words, String told) throws Exception {
    isUsage(picsync(words == null ? new String[0] : words.split(" ")).run(), told);
  }

  @ParameterizedTest
  @CsvSource({
    "scp://u@host/x, scp",
    "sftp:/host/x, sftp://user@host:port/path",
    "sftp://host/x, names no user",
    "http://host/x, http",
    "FTPX://host/x, FTPX",
    "ftp:/host/x, ftp://",
    "ftps://host:port/x, ftps://user@host:port/path",
    "ftp://, ftp://",
    "ftp://host:port/x, ftp://",
    "ftp://host:99999/x, 99999",
    "'', empty",
  })
  void whatIsNoArchiveIsNamed(String side, String told) throws Exception {
    isUsage(check(side, destination.toString()), "source", told);
    isUsage(check(source.toString(), side), "destination", told);
  }

  @Test
  void theSameFolderTwiceIsNoSync() throws Exception {
    isUsage(run("sync", source.toString(), source + "/../source/"), "same");
  }

  @Test
  void aPasswordInTheUriIsRefusedAndNotEchoed() throws Exception {
    Ended ended = check("ftp://camera:hunter2@127.0.0.1/x", destination.toString());

    isUsage(ended, "PICSYNC_SOURCE_PASSWORD");
    assertThat(ended.all()).doesNotContain("hunter2");
  }

  @Test
  void aPasswordBehindASingleSlashIsNotEchoedEither() throws Exception {
    assertThat(check("ftp:/camera:hunter2@127.0.0.1/x", destination.toString()).all())
        .contains("is not of the form ftp://")
        .doesNotContain("hunter2");
  }

  @Test
  void aPasswordInAnUnsupportedUriIsNotEchoedEither() throws Exception {
    assertThat(check("scp://camera:hunter2@127.0.0.1/x", destination.toString()).all())
        .doesNotContain("hunter2");
    assertThat(check("ftp://camera:hun/ter2@127.0.0.1/x", destination.toString()).all())
        .doesNotContain("ter2");
    assertThat(check("ftp://camera:hunter2@127.0.0.1:x/x", destination.toString()).all())
        .doesNotContain("hunter2");
  }

  @Test
  void aMissingPasswordVariableIsNamed() throws Exception {
    isUsage(check(source.toString(), "ftp://archive@127.0.0.1/x"), "PICSYNC_DESTINATION_PASSWORD");
    isUsage(
        check(source.toString(), "sftp://archive@127.0.0.1/x"),
        "PICSYNC_DESTINATION_PASSWORD",
        "PICSYNC_DESTINATION_PRIVATE_KEY");
  }

  @Test
  void aPrivateKeyThatIsNotThereIsToldByItsVariable() throws Exception {
    Ended ended =
        picsync("check", "sftp://camera@127.0.0.1/x", destination.toString())
            .env("PICSYNC_SOURCE_PRIVATE_KEY", folder.resolve("nokey").toString())
            .run();

    isFailure(ended, "PICSYNC_SOURCE_PRIVATE_KEY=" + folder.resolve("nokey"), "no such file");
  }

  @Test
  void aWrongPasswordIsToldWithServerAndUserAndNotEchoed() throws Exception {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(source, "camera", "right")) {
      Ended ended = check("ftp://camera@127.0.0.1:" + server.port(), destination.toString());

      isFailure(ended, "127.0.0.1:" + server.port(), "camera", "password");
      assertThat(ended.all()).doesNotContain("geheim");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws Exception {
    int port = FreePort.find();
    isFailure(check("ftp://127.0.0.1:" + port, destination.toString()), "127.0.0.1:" + port);
    isFailure(check(source.toString(), "ftp://127.0.0.1:" + port), "127.0.0.1:" + port);
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    isFailure(
        check("ftp://no-such-host.invalid/x", destination.toString()), "no-such-host.invalid");
  }

  @Test
  void aMistypedSourceIsNeverAnEmptyOne() throws Exception {
    Path mistyped = folder.resolve("sorce");
    isFailure(run("sync", mistyped.toString(), destination.toString()), mistyped.toString());
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void aMistypedFolderOnAServerIsNamed() throws Exception {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(source, "camera", "geheim")) {
      String uri = "ftp://camera@127.0.0.1:" + server.port() + "/nope";
      isFailure(check(uri, destination.toString()), "/nope", "does not exist");
    }
  }

  @Test
  void aFileIsNoArchive() throws Exception {
    isFailure(check(file.toString(), destination.toString()), file.toString(), "file");
    isFailure(check(source.toString(), file.toString()), file.toString(), "file");
    isFailure(run("sync", source.toString(), file.toString()), file.toString(), "file");
    isFailure(
        run("sync", source.toString(), file + "/below", "--create-destination"), file.toString());
    assertThat(Files.readAllBytes(file)).containsExactly(1);
  }

  @Test
  void aDestinationWhoseParentIsMissingIsNamed() throws Exception {
    Path deep = destination.resolve("a/b");
    isFailure(run("sync", source.toString(), deep.toString()), deep.toString());
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void aReportsFolderThatCannotBeWrittenIsToldBeforeAnythingIsTransferred() throws Exception {
    Ended ended =
        run("sync", source.toString(), destination.toString(), "--reports", file + "/reports");

    isFailure(ended, file.toString(), "--reports");
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void aDestinationWithoutPermissionIsNamedAndStaysEmpty() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv"))
            && "root".equals(System.getProperty("user.name")),
        "permissions bind everybody but root; becoming somebody else needs root and setpriv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Ended ended =
        picsync("sync", source.toString(), destination.resolve("new").toString())
            .by("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            .env("XDG_STATE_HOME", openFolder().toString())
            .run();

    isFailure(ended, destination.resolve("new").toString());
    assertThat(destination).isEmptyDirectory();

    Ended inside =
        picsync("sync", source.toString(), destination.toString())
            .by("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            .env("XDG_STATE_HOME", openFolder().toString())
            .run();
    isPlain(inside);
    assertThat(inside.code()).isEqualTo(2);
    assertThat(inside.out()).contains(destination.toString()).contains("1 failed");
    assertThat(destination).isEmptyDirectory();
  }

  private Path openFolder() throws IOException {
    Path open = Files.createDirectories(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    return open;
  }

  @Test
  void aFullDiskHaltsTheRunAndLeavesNoPart() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        system("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
        "a full disk is a small tmpfs, and mounting is not permitted here");
    try {
      for (int number = 0; number < 6; number++) {
        Trees.put(
            source, "20110714/" + number + ".jpg", Trees.picture(number, 40_000), Instant.EPOCH);
      }
      Ended ended = run("sync", source.toString(), disk.toString(), "--connections", "1");

      isPlain(ended);
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.out()).contains(disk.toString()).contains("not attempted");
      assertThat(ended.out()).containsPattern("free there: \\d+ bytes");
      assertThat(Trees.snapshot(disk).keySet())
          .isNotEmpty()
          .allMatch(path -> path.matches("20110714/\\w+\\.jpg"));
    } finally {
      system("umount", disk.toString());
    }
  }

  /** A list that no report names, or half of one, would stay on the full disk until a start. */
  @ParameterizedTest
  @ValueSource(ints = {100, 3000})
  void aFullDiskForReportsHasNoListsOnItAfterwards(int pictures) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        system("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk.toString()),
        "a full disk is a small tmpfs, and mounting is not permitted here");
    try {
      for (int number = 0; number < pictures; number++) {
        Trees.put(source, "20110714/" + number + ".jpg", new byte[number % 97], Instant.EPOCH);
      }
      Ended ended =
          run("check", source.toString(), destination.toString(), "--reports", disk.toString());

      assertThat(ended.code()).isEqualTo(3);
      assertThat(ended.err()).contains(disk.toString(), "No space left");
      assertThat(Trees.snapshot(disk).keySet()).noneMatch(path -> path.contains(".jsonl.gz"));
      for (String path : Trees.snapshot(disk).keySet()) {
        if (path.endsWith(".json")) {
          assertThat(Files.readString(disk.resolve(path)))
              .contains("\"failed\"", "\"lists\" : { }");
        }
      }
    } finally {
      system("umount", disk.toString());
    }
  }

  private static boolean system(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).inheritIO().start().waitFor() == 0;
  }

  @Test
  void stackTracesAreForThoseWhoAskTwice() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    assertThat(check(nowhere, destination.toString(), "-v").err()).doesNotContain("\tat ");
    assertThat(check(nowhere, destination.toString(), "-vv").err())
        .contains("MissingArchiveException")
        .contains("\tat io.picsync");
  }

  @Test
  void withoutJavaTheScriptSaysWhatToInstall() throws Exception {
    Ended ended = picsync("--version").env("JAVA_HOME", folder.resolve("nojava").toString()).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(List.of(ended.err().strip())).singleElement().asString().contains("JAVA_HOME");
    assertThat(PicsyncProcess.packagedHome()).isDirectory();
  }
}

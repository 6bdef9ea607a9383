package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runnable folder works wherever it lies and however it is called. */
final class HomeIT {
  private final Path folder;
  private final Path source;

  HomeIT(@TempDir Path temporary) {
    folder = temporary;
    source = temporary.resolve("source");
  }

  @BeforeEach
  void onePicture() throws IOException {
    Trees.put(source, "20110714/a.jpg", Trees.picture(1, 300), Instant.EPOCH);
  }

  private void works(Path program, Path workingFolder) throws Exception {
    Path destination = Files.createTempDirectory(folder, "destination");

    Ended ended =
        picsync("sync", source.toString(), destination.toString())
            .program(program)
            .in(workingFolder)
            .run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(destination)).isEqualTo(Trees.snapshot(source));
  }

  private Path copy(String name) throws IOException {
    return PicsyncProcess.copyHome(folder.resolve(name));
  }

  @Test
  void relativeFoldersAreThoseOfTheWorkingFolder() throws Exception {
    Ended ended = picsync("sync", "source", "./new").in(folder).run();

    assertThat(ended.code()).isZero();
    assertThat(Trees.snapshot(folder.resolve("new"))).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void aRelativeReportsFolderIsBelowTheWorkingFolder() throws Exception {
    Ended ended = picsync("check", "source", "./new", "--reports", "my/reports").in(folder).run();

    assertThat(ended.code()).isEqualTo(1);
    assertThat(Trees.snapshot(folder.resolve("my/reports"))).isNotEmpty();
  }

  @Test
  void copiedElsewhere() throws Exception {
    works(copy("elsewhere").resolve("bin/picsync"), Path.of("/"));
  }

  @Test
  void inAFolderWithASpaceAndOtherSpecialCharacters() throws Exception {
    works(copy("my own/picsync \u00fc [1] 100% #c").resolve("bin/picsync"), folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a+b", "a,b", "a;b", "a*b", "a?b", "100%41", "a{{b"})
  void inAFolderWithCharactersThatCamelReadsOtherwiseItSaysSo(String name) throws Exception {
    Ended ended = picsync("run").program(copy(name).resolve("bin/picsync")).in(folder).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("picsync can't run from the folder").contains(name);
  }

  @Test
  void byARelativePath() throws Exception {
    copy("home");
    works(Path.of("./bin/picsync"), folder.resolve("home"));
    works(Path.of("./picsync"), folder.resolve("home/bin"));
  }

  @Test
  void byARelativePathWhereTheShellHasFoldersToLookIn() throws Exception {
    copy("home");
    copy("other");
    Ended ended =
        picsync("--version")
            .program(Path.of("bin/picsync"))
            .by("env", "CDPATH=" + folder.resolve("other") + ":.", "sh")
            .in(folder.resolve("home"))
            .run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
  }

  /** Java's own exit code would be 1, as of a check that finds pictures missing. */
  @ParameterizedTest
  @ValueSource(strings = {"1.8.0_392", "11.0.2", "16"})
  void anOlderJavaIsToldSo(String version) throws Exception {
    Path jdk = folder.resolve("jdk");
    Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));

    Ended ended = picsync("check", "source", "new").env("JAVA_HOME", jdk.toString()).run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("Java of version 17 or newer is wanted", version);
  }

  @Test
  void throughAnAbsoluteLink() throws Exception {
    Path link = folder.resolve("usr bin/picsync");
    Files.createDirectories(folder.resolve("usr bin"));
    Files.createSymbolicLink(link, copy("home").resolve("bin/picsync"));
    works(link, folder);
  }

  @Test
  void throughARelativeLinkFromAnotherFolder() throws Exception {
    copy("home");
    Path bin = Files.createDirectories(folder.resolve("usr/bin"));
    Files.createSymbolicLink(bin.resolve("picsync"), Path.of("../../home/bin/picsync"));
    works(bin.resolve("picsync"), folder);
    works(Path.of("./picsync"), bin);
  }

  @Test
  void throughALinkToALinkToALinkedFolder() throws Exception {
    copy("home-1.0");
    Files.createSymbolicLink(folder.resolve("current"), Path.of("home-1.0"));
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("ps-link"), Path.of("../current/bin/picsync"));
    Files.createSymbolicLink(folder.resolve("ps"), Path.of("bin/ps-link"));
    works(folder.resolve("ps"), Path.of("/tmp"));
  }

  @Test
  void byThePathVariable() throws Exception {
    Path home = copy("home");
    Ended ended =
        picsync("check", source.toString(), folder.resolve("new").toString())
            .program(Path.of("picsync"))
            .by("env", "PATH=" + home.resolve("bin") + ":" + System.getenv("PATH"))
            .run();

    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void aReadOnlyHomeServesAnOrdinaryUser() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/setpriv"))
            && "root".equals(System.getProperty("user.name")),
        "permissions bind everybody but root; becoming somebody else needs root and setpriv");
    Path home = copy("home");
    readOnly(home);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Ended ended =
        picsync("sync", source.toString(), folder.resolve("new").toString())
            .program(home.resolve("bin/picsync"))
            .by("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            .env("XDG_STATE_HOME", folder.resolve("state").toString())
            .env("XDG_CACHE_HOME", home.resolve("cache").toString())
            .env("PICSYNC_CLASS_DATA", "") // there is no place for it
            .run();

    assertThat(ended).returns(0, Ended::code).returns("", Ended::err);
    assertThat(Trees.snapshot(folder.resolve("new"))).isEqualTo(Trees.snapshot(source));
  }

  private static void readOnly(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.toList()) {
        boolean runs = Files.isDirectory(path) || path.endsWith("bin/picsync");
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(runs ? "r-xr-xr-x" : "r--r--r--"));
      }
    }
  }

  @Test
  void aHomeWithoutRoutesSaysSo() throws Exception {
    Path home = copy("home");
    Files.move(home.resolve("routes"), home.resolve("moved"));

    Ended ended =
        picsync("check", source.toString(), folder.toString())
            .program(home.resolve("bin/picsync"))
            .run();

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.errors()).singleElement().asString().contains(home.toString(), "routes");
  }
}

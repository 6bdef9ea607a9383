package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes part, what is told apart, and what a mistyped archive leads to. */
final class CompareIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path root;
  private Path source;
  private Path destination;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    source = Files.createDirectories(root.resolve("source"));
    destination = Files.createDirectories(root.resolve("destination"));
  }

  private static void put(Path archive, String path, int bytes) throws IOException {
    Trees.put(archive, path, Trees.picture(bytes, bytes), TAKEN);
  }

  private StoredReport run(Mode mode, String... options) throws Exception {
    return runBetween(mode, "disk/source", "disk/destination", options);
  }

  private StoredReport runBetween(Mode mode, String from, String to, String... options)
      throws Exception {
    try (PicsyncContext picsync =
        PicsyncContext.at(home).server("disk", root).sync("source1", from, to, options).start()) {
      return picsync.run("source1", mode);
    }
  }

  @Test
  void onlyPicturesTakePartAndAllElseIsCountedByReason() throws Exception {
    put(source, "20110714/a.jpg", 10);
    put(source, "20110714/b.JPEG", 20);
    put(source, "20110714/c.CR2", 30);
    put(source, "20110714/d.raw", 40);
    put(source, "20110714/notes.txt", 1);
    put(source, "20110714/film.mp4", 1);
    put(source, "20110714/jpg", 1);
    put(source, "20110714/process-a.jpg", 1);
    put(source, "20110714/.b.jpg.1234abcd.picsync.part", 1);
    put(source, "20110714/b.jpg.part", 1);
    put(source, "20110714/b.jpg.tmp", 1);
    put(source, "20110714/two\nlines.jpg", 1);
    Files.createSymbolicLink(source.resolve("20110714/link.jpg"), source.resolve("20110714/a.jpg"));
    put(destination, "thumbs.db", 1);

    StoredReport report = run(Mode.sync);

    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.number("/result/source/files/count/jpg")).isEqualTo(2);
    assertThat(report.number("/result/source/files/size/jpg")).isEqualTo(30);
    assertThat(report.number("/result/source/files/count/raw")).isEqualTo(2);
    assertThat(report.number("/result/source/files/size/raw")).isEqualTo(70);
    assertThat(report.ignored("source", "kind")).isEqualTo(3);
    assertThat(report.ignored("source", "process")).isEqualTo(1);
    assertThat(report.ignored("source", "temporary")).isEqualTo(3);
    assertThat(report.ignored("source", "refused-name")).isEqualTo(1);
    assertThat(report.ignored("source", "not-a-file")).isEqualTo(1);
    assertThat(report.ignored("destination", "kind")).isEqualTo(1);
    assertThat(Trees.snapshot(destination).keySet())
        .containsExactly(
            "20110714/a.jpg", "20110714/b.JPEG", "20110714/c.CR2", "20110714/d.raw", "thumbs.db");
  }

  @Test
  void includedFilesTakePartInsteadOfAllPictures() throws Exception {
    put(source, "20110714/a.jpg", 10);
    put(source, "20110714/film.MP4", 20);
    put(source, "20110715/deep/film.mp4", 30);
    put(source, "film.mp4.part", 40);

    StoredReport report = run(Mode.sync, "antInclude=**/*.mp4, 2011071?/a.jpg");

    assertThat(report.paths("missing"))
        .containsExactly("20110714/a.jpg", "20110714/film.MP4", "20110715/deep/film.mp4");
    assertThat(report.number("/result/source/files/count/jpg")).isEqualTo(1);
    assertThat(report.atSource()).isEqualTo(3);
    assertThat(report.ignored("source", "temporary")).isEqualTo(1);
  }

  @Test
  void excludedFilesFoldersAndDaysAreLeftOutOnBothSides() throws Exception {
    put(source, "20100101/a.jpg", 10);
    put(source, "20110714/a.jpg", 11);
    put(source, "20110714/b.jpg", 12);
    put(source, "raw/20110714/a.raw", 13);
    put(source, "thumbs/a.jpg", 14);
    put(destination, "raw/20110714/z.raw", 15);
    put(destination, "20110714/b.jpg", 16);

    StoredReport report =
        run(Mode.sync, "antExclude=raw,2010*, thumbs/**, **/b.jpg, nothing/like/this");

    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.paths("missing")).containsExactly("20110714/a.jpg");
    assertThat(report.missingInSource()).isZero();
    assertThat(report.ignored("source", "excluded")).isEqualTo(4);
    assertThat(report.ignored("destination", "excluded")).isEqualTo(2);
  }

  @Test
  void differingPictureIsListedAndNeverOverwritten() throws Exception {
    put(source, "20110714/a.jpg", 100);
    put(destination, "20110714/a.jpg", 70);
    put(source, "20110714/b.raw", 10);
    put(destination, "20110714/b.raw", 0);
    SortedMap<String, String> before = Trees.snapshotWithTimes(destination);

    StoredReport report = run(Mode.sync);

    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.differing()).isEqualTo(2);
    assertThat(report.number("/result/differs/sourceSize/jpg")).isEqualTo(100);
    assertThat(report.number("/result/differs/destinationSize/jpg")).isEqualTo(70);
    assertThat(report.lines("differs").stream().map(Object::toString))
        .containsExactly(
            "{\"path\":\"20110714/a.jpg\",\"source\":100,\"destination\":70}",
            "{\"path\":\"20110714/b.raw\",\"source\":10,\"destination\":0}");
    assertThat(report.planned()).isZero();
    assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(before);
  }

  @Test
  void destinationIsMadeWhenItsParentExists() throws Exception {
    put(source, "20110714/a.jpg", 10);

    StoredReport check = runBetween(Mode.check, "disk/source", "disk/new");
    assertThat(check.missingInDestination()).isEqualTo(1);
    assertThat(root.resolve("new")).as("a check changes nothing").doesNotExist();

    StoredReport report = runBetween(Mode.sync, "disk/source", "disk/new");
    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(Trees.snapshot(root.resolve("new"))).isEqualTo(Trees.snapshot(source));
  }

  @Test
  void destinationIsMadeWithItsParentsOnlyWhenAskedFor() throws Exception {
    put(source, "20110714/a.jpg", 10);

    StoredReport report = runBetween(Mode.sync, "disk/source", "disk/a/b/c");
    assertThat(report.status()).isEqualTo("failed");
    assertThat(report.cause()).contains("a/b/c", "does not exist", "createDestination");
    assertThat(root.resolve("a")).doesNotExist();

    StoredReport asked =
        runBetween(Mode.sync, "disk/source", "disk/a/b/c", "createDestination=true");
    assertThat(asked.status()).as(asked.cause()).isEqualTo("completed");
    assertThat(Trees.snapshot(root.resolve("a/b/c"))).isEqualTo(Trees.snapshot(source));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk/sourec", "disk/source/pictures/deep"})
  void mistypedSourceFailsTheRun(String mistyped) throws Exception {
    put(destination, "20110714/a.jpg", 10);

    StoredReport report = runBetween(Mode.sync, mistyped, "disk/destination");

    assertThat(report.status()).isEqualTo("failed");
    assertThat(report.cause())
        .contains(mistyped.substring("disk/".length()), "does not exist", "Check its spelling");
    assertThat(report.missingInSource()).isZero();
    assertThat(report.atDestination()).isZero();
  }

  @Test
  void mistypedSourceOnAnFtpServerFailsTheRun() throws Exception {
    try (ScriptedFtpServer server = ScriptedFtpServer.start()) {
      server.put("pictures/20110714/a.jpg", new byte[10], TAKEN);
      try (PicsyncContext picsync =
          PicsyncContext.at(home)
              .server("old", server)
              .server("disk", root)
              .sync("source1", "old/pictuers", "disk/destination")
              .start()) {
        StoredReport report = picsync.run("source1", Mode.sync);
        assertThat(report.status()).isEqualTo("failed");
        assertThat(report.cause()).contains("pictuers", "does not exist");
      }
    }
  }

  @Test
  void unknownServerIsRefusedAtTheStartWithItsKey() {
    assertThatThrownBy(() -> runBetween(Mode.sync, "olt/source", "disk/destination"))
        .hasMessageContaining("olt")
        .hasMessageContaining("picsync.server.olt.uri")
        .hasMessageContaining("disk");
  }

  @Test
  void deadServerFailsTheRunWithItsAddress() throws Exception {
    ScriptedFtpServer dead = ScriptedFtpServer.start();
    dead.close();
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("old", dead)
            .server("disk", root)
            .sync("source1", "old/pictures", "disk/destination")
            .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).isEqualTo("failed");
      assertThat(report.cause()).contains("old", "127.0.0.1:" + dead.port());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Camera 1", "Übersicht", "100%", "a+b", "a&b=c", "#1", "x;y", "a@b", "(1)"})
  void archiveFolderMayBeNamedLikeThis(String name) throws Exception {
    put(root, name + "/pictures/20110714/a.jpg", 10);

    StoredReport report =
        runBetween(
            Mode.sync, "RAW(disk/" + name + "/pictures)", "RAW(disk/destination/" + name + ")");

    assertThat(report.status()).as(report.cause()).isEqualTo("completed");
    assertThat(report.transferred()).isEqualTo(1);
    assertThat(destination.resolve(name).resolve("20110714/a.jpg")).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RAW(disk/%41)", "RAW(disk/what?)"})
  void archiveFolderThatIsNoPartOfAnUriIsRefusedAtTheStart(String archive) {
    assertThatThrownBy(() -> runBetween(Mode.sync, archive, "disk/destination"))
        .rootCause()
        .hasMessageContaining(archive.substring(4, archive.length() - 1))
        .hasMessageContaining("picsync.server.NAME.uri");
  }

  @Test
  void sourceAndDestinationMayNotBeTheSame() {
    assertThatThrownBy(() -> runBetween(Mode.sync, "disk/source", "disk/source/"))
        .rootCause()
        .hasMessageContaining("sync:source1 has the same source and destination, disk/source");
  }
}

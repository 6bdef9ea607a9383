package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links, and other things that have the name of a picture or of a folder. */
final class LinksIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private Path home;
  private Path root;
  private Path source;
  private Path destination;
  private Path elsewhere;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home");
    root = folder.resolve("server");
    source = Files.createDirectories(root.resolve("source"));
    destination = Files.createDirectories(root.resolve("destination"));
    elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
  }

  private static void put(Path archive, String path, int bytes) throws IOException {
    Trees.put(archive, path, Trees.picture(bytes, bytes), TAKEN);
  }

  private StoredReport run() throws Exception {
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .sync("source1", "disk/source", "disk/destination")
            .start()) {
      return picsync.run("source1", Mode.sync);
    }
  }

  @Test
  void linkedDayFolderAtTheDestinationHoldsNothingMissingAndIsNotWrittenTo() throws Exception {
    put(source, "20110714/a.jpg", 10);
    put(source, "20110715/a.jpg", 11);
    Files.createSymbolicLink(destination.resolve("20110714"), elsewhere);

    StoredReport report = run();

    assertThat(report.status()).isEqualTo("incomplete");
    assertThat(report.cause()).contains("20110714", "destination", "symbolic link");
    assertThat(report.untrusted()).isEqualTo(1);
    assertThat(report.text("/untrusted/first/0/side")).isEqualTo("destination");
    assertThat(report.atSource()).isEqualTo(1);
    assertThat(report.ignored("destination", "not-a-file")).isEqualTo(1);
    assertThat(report.paths("missing")).containsExactly("20110715/a.jpg");
    assertThat(report.failed()).isZero();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void linkedDayFolderAtTheSourceMakesNothingMissingThere() throws Exception {
    put(destination, "20110714/a.jpg", 10);
    put(elsewhere, "a.jpg", 10);
    Files.createSymbolicLink(source.resolve("20110714"), elsewhere);
    Files.createSymbolicLink(source.resolve("loop"), source);

    StoredReport report = run();

    assertThat(report.status()).isEqualTo("incomplete");
    assertThat(report.text("/untrusted/first/0/side")).isEqualTo("source");
    assertThat(report.untrusted()).isEqualTo(1);
    assertThat(report.missingInSource()).isZero();
    assertThat(report.ignored("source", "not-a-file")).isEqualTo(2);
  }

  @Test
  void fileWhereTheOtherSideHasAFolderMakesThatFolderUntrusted() throws Exception {
    put(source, "20110714/a.jpg", 10);
    put(destination, "20110714", 5);

    StoredReport report = run();

    assertThat(report.status()).isEqualTo("incomplete");
    assertThat(report.cause()).contains("20110714", "destination", "it is a file there");
    assertThat(report.planned()).isZero();
    assertThat(destination.resolve("20110714")).hasSize(5);
  }

  @Test
  void pictureWhoseNameIsTakenOnTheOtherSideIsCountedAndNotMissing() throws Exception {
    put(elsewhere, "a.jpg", 10);
    put(source, "20110714/link.jpg", 10);
    put(source, "20110714/folder.jpg", 10);
    put(source, "20110714/both.jpg", 10);
    put(destination, "20110714/both.jpg", 10);
    put(destination, "20110714/only.jpg", 10);
    Path there = destination.resolve("20110714");
    Files.createSymbolicLink(there.resolve("link.jpg"), elsewhere.resolve("a.jpg"));
    Files.createDirectory(there.resolve("folder.jpg"));
    Files.createSymbolicLink(source.resolve("20110714/only.jpg"), elsewhere.resolve("a.jpg"));

    StoredReport report = run();

    assertThat(report.status()).as(report.cause()).isEqualTo("incomplete");
    assertThat(report.text("/untrusted/first/0/path")).isEqualTo("20110714/folder.jpg");
    assertThat(report.ignored("source", "name-taken")).isEqualTo(2);
    assertThat(report.ignored("destination", "name-taken")).isEqualTo(1);
    assertThat(report.atSource()).isEqualTo(1);
    assertThat(report.atDestination()).isEqualTo(1);
    assertThat(report.inBoth()).isEqualTo(1);
    assertThat(report.planned()).isZero();
    assertThat(there.resolve("link.jpg")).isSymbolicLink();
  }

  @Test
  void loopThatAServerTellsAsFoldersIsNotFollowed() throws Exception {
    put(source, "20110714/a.jpg", 10);
    put(source, "20110714/b.jpg", 11);
    put(source, "20110715/a.jpg", 12);
    Files.createSymbolicLink(source.resolve("all"), source);
    Files.createSymbolicLink(source.resolve("20110715/self"), source.resolve("20110715"));
    Files.createSymbolicLink(
        Files.createDirectory(source.resolve("empty")).resolve("deeper"), source.resolve("empty"));
    try (EmbeddedFtpServer ftp = EmbeddedFtpServer.at(root).start();
        PicsyncContext picsync =
            PicsyncContext.at(home)
                .server("ftp", ftp.uri(), "demo", "demo")
                .server("disk", root)
                .sync("source1", "ftp/source", "disk/destination")
                .start()) {
      StoredReport report = picsync.run("source1", Mode.sync);

      assertThat(report.status()).isEqualTo("incomplete");
      assertThat(report.untrusted()).isEqualTo(3);
      assertThat(report.cause()).contains("loop");
      assertThat(report.paths("missing"))
          .containsExactlyInAnyOrder("20110714/a.jpg", "20110714/b.jpg", "20110715/a.jpg");
      assertThat(Trees.snapshot(destination)).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "disk/source, disk/source/copy",
    "disk/source/old, disk/source",
    "disk/source, other/",
    "other, disk/source/copy",
    "disk, disk/source",
  })
  void archiveInsideTheOtherIsRefusedAtTheStart(String from, String to) {
    assertThatThrownBy(
            () ->
                PicsyncContext.at(home)
                    .server("disk", root)
                    .server("other", source)
                    .sync("source1", from, to)
                    .start())
        .rootCause()
        .hasMessageContaining("lies inside the other")
        .hasMessageContaining(source.toString());
  }

  /** Compared with itself it would lack nothing, and pass for a copy. */
  @Test
  void linkToTheSourceIsNoDestination() throws Exception {
    Files.createSymbolicLink(root.resolve("copy"), source);
    assertThatThrownBy(
            () ->
                PicsyncContext.at(home)
                    .server("disk", root)
                    .sync("source1", "disk/source", "disk/copy")
                    .start())
        .rootCause()
        .hasMessageContaining("lies inside the other");
  }

  @Test
  void archivesThatOnlyBeginAlikeAreApart() throws Exception {
    put(source, "20110714/a.jpg", 10);
    try (PicsyncContext picsync =
        PicsyncContext.at(home)
            .server("disk", root)
            .sync("source1", "disk/source", "disk/source2")
            .start()) {
      assertThat(picsync.run("source1", Mode.sync).transferred()).isEqualTo(1);
    }
  }
}

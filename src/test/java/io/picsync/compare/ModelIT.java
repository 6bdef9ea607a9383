package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.ModelTree;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.util.FileUtil;

/**
 * Random trees and random changes on both sides, run through the real routes and compared with a
 * plain model of what must come out. A failure prints its seed and the smallest trees that fail.
 */
@SuppressWarnings("NullAway.Init") // set before the first try
final class ModelIT {
  private static Path root;
  private static PicsyncContext picsync;
  private static EmbeddedFtpServer ftp;

  /** Something is put at a place, or taken away; a size that is none asks for the latter. */
  record Change(boolean atSource, String path, ModelTree.Kind kind, int size) {}

  @BeforeContainer
  static void start() throws Exception {
    root = Files.createTempDirectory("picsync-model");
    Files.createDirectories(root.resolve("source"));
    Files.createDirectories(root.resolve("destination"));
    ftp = EmbeddedFtpServer.at(root).start();
    picsync =
        PicsyncContext.at(root.resolve("home"))
            .server("disk", root)
            .server("ftp", ftp.uri(), "demo", "demo")
            .sync("folders", "disk/source", "disk/destination")
            .sync("from-ftp", "ftp/source", "disk/destination")
            .start();
  }

  @AfterContainer
  static void stop() {
    picsync.close();
    ftp.close();
    FileUtil.removeDir(root.toFile());
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> folders = Arbitraries.of("", "20110714/", "20110715/", "20110714/deep/");
    Arbitrary<String> names =
        Arbitraries.of(
            "a.jpg", "b.JPG", "c.raw", "process-a.jpg", ".d.jpg.part", "e.txt", "two\nlines.jpg");
    Arbitrary<String> either = Arbitraries.of("20110714", "20110715", "20110714/deep");
    Arbitrary<Change> files =
        Combinators.combine(
                Arbitraries.of(true, false),
                Combinators.combine(folders, names).as(String::concat),
                Arbitraries.integers().between(0, 2))
            .as((side, path, size) -> new Change(side, path, ModelTree.Kind.FILE, size));
    Arbitrary<Change> others =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.oneOf(either, Combinators.combine(folders, names).as(String::concat)),
                Arbitraries.of(ModelTree.Kind.values()))
            .as((side, path, kind) -> new Change(side, path, kind, 3));
    return Arbitraries.frequencyOf(Tuple.of(4, files), Tuple.of(1, others)).list().ofMaxSize(40);
  }

  @Property(tries = 60)
  void foldersEndAsTheModelSays(
      @ForAll @From("changes") List<Change> before, @ForAll @From("changes") List<Change> between)
      throws IOException {
    agree("folders", before, between, true);
  }

  @Property(tries = 20)
  void ftpEndsAsTheModelSays(
      @ForAll @From("changes") List<Change> before, @ForAll @From("changes") List<Change> between)
      throws IOException {
    agree("from-ftp", before, between, false);
  }

  private static void agree(
      String sync, List<Change> before, List<Change> between, boolean anything) throws IOException {
    ModelTree source = new ModelTree();
    ModelTree destination = new ModelTree();
    for (List<Change> changes : List.of(before, between)) {
      for (Change change : changes) {
        // Apache FtpServer follows links, and cuts a name at its line end
        if (anything
            || !change.atSource
            || (change.kind != ModelTree.Kind.LINK && !change.path.contains("\n"))) {
          (change.atSource ? source : destination).put(change.path, change.kind, change.size);
        }
      }
      source.write(root.resolve("source"));
      destination.write(root.resolve("destination"));
      ModelComparison expected = ModelComparison.of(source, destination);

      StoredReport check = picsync.run(sync, Mode.check);
      StoredReport report = picsync.run(sync, Mode.sync);

      for (StoredReport told : List.of(check, report)) {
        assertThat(ModelComparison.told(told)).isEqualTo(expected);
        assertThat(told.status()).isEqualTo(expected.untrusted() == 0 ? "completed" : "incomplete");
      }
      assertThat(report.transferred()).as(report.cause()).isEqualTo(expected.missing().size());
      expected.missing().forEach(path -> destination.copy(source, path));
      assertThat(ModelTree.read(root.resolve("destination"))).isEqualTo(destination.entries());
      assertThat(ModelTree.read(root.resolve("source"))).isEqualTo(source.entries());
    }
  }
}

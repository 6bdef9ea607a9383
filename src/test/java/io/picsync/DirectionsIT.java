package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of server to every kind of server, with every shape of archive. */
final class DirectionsIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  /** How an archive is laid out. */
  enum Shape {
    DAY_FOLDERS {
      @Override
      void make(Path root) throws IOException {
        Trees.dayFolders(root, LocalDate.of(2011, 7, 14), 3, 8, i -> 1000 + i);
      }
    },
    RAW_TREE {
      @Override
      void make(Path root) throws IOException {
        DAY_FOLDERS.make(root);
        for (int i = 0; i < 9; i++) {
          String day = "raw/2011071" + (4 + i / 3);
          Trees.put(
              root, day + "/2011071415301" + i + ".raw", Trees.picture(900 + i, 3000 + i), TAKEN);
        }
      }
    },
    FLAT_FOLDER {
      @Override
      void make(Path root) throws IOException {
        for (int i = 0; i < 20; i++) {
          Trees.put(root, "IMG_%04d.JPG".formatted(i), Trees.picture(i, 500 + i), TAKEN);
        }
      }
    },
    ANY_OTHER_TREE {
      @Override
      void make(Path root) throws IOException {
        int number = 0;
        for (String name : Trees.hostileNames()) {
          if (name.contains("\\")) {
            continue; // the embedded server takes it for a slash
          }
          String folder = number % 2 == 0 ? "North Camera/a[1]/äöü" : "x/100% {done}/deep/deeper";
          Trees.put(root, folder + "/" + name, Trees.picture(number, 100 + number), TAKEN);
          number++;
        }
        Trees.put(root, "top.jpeg", Trees.picture(number, 77), TAKEN);
      }
    };

    abstract void make(Path root) throws IOException;
  }

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path home;
  private Path source;
  private Path destination;

  @BeforeEach
  void makeArchives(@TempDir Path folder) throws IOException {
    home = folder.resolve("home of picsync");
    source = Files.createDirectories(folder.resolve("old server/source 1/pictures"));
    destination = Files.createDirectories(folder.resolve("new server/source 1/pictures"));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "file, file, DAY_FOLDERS",
    "file, file, RAW_TREE",
    "file, file, FLAT_FOLDER",
    "file, file, ANY_OTHER_TREE",
    "file, ftp, DAY_FOLDERS",
    "file, ftp, RAW_TREE",
    "file, ftp, FLAT_FOLDER",
    "file, ftp, ANY_OTHER_TREE",
    "ftp, file, DAY_FOLDERS",
    "ftp, file, RAW_TREE",
    "ftp, file, FLAT_FOLDER",
    "ftp, file, ANY_OTHER_TREE",
    "ftp, ftp, DAY_FOLDERS",
    "ftp, ftp, RAW_TREE",
    "ftp, ftp, FLAT_FOLDER",
    "ftp, ftp, ANY_OTHER_TREE",
    "file, sftp, ANY_OTHER_TREE",
    "sftp, ftp, DAY_FOLDERS",
  })
  void whatIsMissingArrivesAndNothingElseIsTouched(String from, String to, Shape shape)
      throws Exception {
    shape.make(source);
    List<String> all = new ArrayList<>(new TreeSet<>(Trees.snapshot(source).keySet()));
    TreeSet<String> missing = new TreeSet<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % 3 == 0) {
        missing.add(all.get(i));
      } else {
        copy(all.get(i));
      }
    }
    String differs = all.get(1);
    Trees.put(destination, differs, Trees.picture(7, 50), TAKEN);
    Trees.put(destination, "only here.jpg", Trees.picture(8, 60), TAKEN);
    Trees.put(source, "notes.txt", new byte[3], TAKEN);
    Trees.put(source, ".20110714.jpg.part", new byte[3], TAKEN);
    SortedMap<String, String> sourceBefore = Trees.snapshotWithTimes(source);
    SortedMap<String, String> expected = new TreeMap<>(Trees.snapshotWithTimes(destination));
    for (String path : missing) {
      expected.put(path, sourceBefore.get(path));
    }

    try (PicsyncContext picsync = start(from, to)) {
      StoredReport check = picsync.run("source1", Mode.check);
      assertThat(check.status()).as(check.cause()).isEqualTo("completed");
      assertThat(check.atSource()).isEqualTo(all.size());
      assertThat(check.missingInDestination()).isEqualTo(missing.size());
      assertThat(check.paths("missing")).containsExactlyElementsOf(missing);
      assertThat(check.planned()).isZero();

      StoredReport report = picsync.run("source1", Mode.sync);
      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(report.json().at("/result")).isEqualTo(check.json().at("/result"));
      assertThat(report.inBoth()).isEqualTo(all.size() - missing.size() - 1);
      assertThat(report.missingInSource()).isEqualTo(1);
      assertThat(report.paths("differs")).containsExactly(differs);
      assertThat(report.transferred()).isEqualTo(missing.size());
      assertThat(report.paths("outcomes")).containsExactlyElementsOf(missing);
      assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(expected);
      assertThat(Trees.snapshotWithTimes(source)).isEqualTo(sourceBefore);

      StoredReport again = picsync.run("source1", Mode.sync);
      assertThat(again.status()).isEqualTo("completed");
      assertThat(again.planned()).isZero();
      assertThat(again.missingInDestination()).isZero();
      assertThat(again.inBoth()).isEqualTo(all.size() - 1);
      assertThat(again.differing()).isEqualTo(1);
      assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"file, file", "file, ftp", "ftp, ftp"})
  void foldersThatWentFromTheDestinationBetweenTwoRunsAreMadeAgain(String from, String to)
      throws Exception {
    Shape.RAW_TREE.make(source);
    try (PicsyncContext picsync = start(from, to)) {
      assertThat(picsync.run("source1", Mode.sync).status()).isEqualTo("completed");
      Trees.clear(destination);

      StoredReport report = picsync.run("source1", Mode.sync);

      assertThat(report.status()).as(report.cause()).isEqualTo("completed");
      assertThat(Trees.snapshotWithTimes(destination)).isEqualTo(Trees.snapshotWithTimes(source));
    }
  }

  private void copy(String path) throws IOException {
    Path from = source.resolve(path);
    Trees.put(
        destination, path, Files.readAllBytes(from), Files.getLastModifiedTime(from).toInstant());
  }

  private PicsyncContext start(String from, String to) throws Exception {
    PicsyncContext.Builder builder =
        PicsyncContext.at(home).sync("source1", "old/source 1/pictures", "new/source 1/pictures");
    for (Map.Entry<String, Path> side : Map.of("old", source, "new", destination).entrySet()) {
      Path root = side.getValue().resolve("../..").normalize();
      String kind = side.getKey().equals("old") ? from : to;
      if (kind.equals("file")) {
        builder.server(side.getKey(), root);
      } else if (kind.equals("sftp")) {
        EmbeddedSftpServer server = EmbeddedSftpServer.start(root, "camera", "secret");
        open.add(server);
        builder
            .server(side.getKey(), server.uri(), "camera", "secret")
            .set("picsync.server." + side.getKey() + ".host-key", EmbeddedSftpServer.fingerprint());
      } else {
        EmbeddedFtpServer server = EmbeddedFtpServer.start(root, "camera", "secret");
        open.add(server);
        builder.server(side.getKey(), server.uri(), "camera", "secret");
      }
    }
    return builder.start();
  }
}

package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that number their pictures call each day's and each source's first one alike. */
final class SameNamesIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final List<String> DAYS = List.of("20110714", "20110715", "raw/20110714");

  @Test
  void picturesOfOneNameInTwoDayFoldersAndInTwoSourcesIsFourPictures(@TempDir Path folder)
      throws Exception {
    Path old = folder.resolve("old");
    Path fresh = Files.createDirectories(folder.resolve("new"));
    int number = 0;
    for (String source : List.of("cam1", "cam2")) {
      Files.createDirectories(fresh.resolve(source));
      for (String day : DAYS) {
        Trees.put(old, source + "/" + day + "/IMG_0001.jpg", Trees.picture(number++, 900), TAKEN);
      }
    }
    // of the six of one name and size, one is there
    Trees.put(fresh, "cam1/20110714/IMG_0001.jpg", Trees.picture(0, 900), TAKEN);

    try (PicsyncContext picsync =
        PicsyncContext.at(folder.resolve("home"))
            .server("old", old)
            .server("new", fresh)
            .sync("cam1", "old/cam1", "new/cam1")
            .sync("cam2", "old/cam2", "new/cam2")
            .start()) {
      Future<Run> first = picsync.sync("cam1").start(Mode.sync);
      Future<Run> second = picsync.sync("cam2").start(Mode.sync);

      StoredReport one = picsync.report(picsync.ended(first));
      assertThat(one.paths("missing"))
          .containsExactly("20110715/IMG_0001.jpg", "raw/20110714/IMG_0001.jpg");
      assertThat(one.transferred()).isEqualTo(2);
      assertThat(picsync.report(picsync.ended(second)).transferred()).isEqualTo(3);
    }
    assertThat(Trees.snapshotWithTimes(fresh)).isEqualTo(Trees.snapshotWithTimes(old));
  }
}

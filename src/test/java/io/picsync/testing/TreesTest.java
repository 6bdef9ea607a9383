package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreesTest {
  private static final LocalDate FIRST = LocalDate.of(2011, 7, 14);

  private final Path left;
  private final Path right;

  TreesTest(@TempDir Path left, @TempDir Path right) {
    this.left = left;
    this.right = right;
  }

  @Test
  void dayFoldersAreNamedAndTimedByCapture() throws IOException {
    List<String> paths = Trees.dayFolders(left, FIRST, 2, 4, i -> 100 + i);

    assertThat(paths)
        .hasSize(8)
        .startsWith("20110714/20110714000000.jpg", "20110714/20110714060000.jpg")
        .endsWith("20110715/20110715180000.jpg");
    Path second = left.resolve(paths.get(1));
    assertThat(Files.size(second)).isEqualTo(101);
    assertThat(Files.getLastModifiedTime(second).toInstant())
        .isEqualTo(Instant.parse("2011-07-14T06:00:00Z"));
  }

  @Test
  void theSameTreeIsMadeAgainAndEveryPictureIsDifferent() throws IOException {
    Trees.dayFolders(left, FIRST, 2, 100, i -> 2000);
    Trees.dayFolders(right, FIRST, 2, 100, i -> 2000);

    assertThat(Trees.snapshotWithTimes(left)).isEqualTo(Trees.snapshotWithTimes(right));
    assertThat(Trees.snapshot(left).values()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void snapshotsTellContentAndOnRequestTimesApart() throws IOException {
    Trees.put(left, "a/b.jpg", new byte[] {1}, Instant.EPOCH);
    Trees.put(right, "a/b.jpg", new byte[] {1}, Instant.EPOCH.plusSeconds(1));

    assertThat(Trees.snapshot(left)).isEqualTo(Trees.snapshot(right)).containsOnlyKeys("a/b.jpg");
    assertThat(Trees.snapshotWithTimes(left)).isNotEqualTo(Trees.snapshotWithTimes(right));

    Trees.put(right, "a/b.jpg", new byte[] {2}, Instant.EPOCH);
    assertThat(Trees.snapshot(left)).isNotEqualTo(Trees.snapshot(right));
  }

  @Test
  void picturesOfAnySizeHaveJpegMarkersAtBothEndsAndNoZeros() {
    for (int bytes : new int[] {6, 7, 14, 15, 1000, 200_000}) {
      byte[] picture = Trees.picture(3, bytes);

      assertThat(picture).hasSize(bytes).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
      assertThat(picture).doesNotContain(0);
    }
    assertThat(Trees.picture(3, 0)).isEmpty();
    assertThat(Trees.picture(3, 1)).hasSize(1);
  }

  @Test
  void hostileNamesAreDistinctPicturesThatThisMachineStores() throws IOException {
    List<String> names = Trees.hostileNames();
    for (String name : names) {
      Trees.put(left, name, new byte[0], Instant.EPOCH);
    }

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.endsWith(".jpg"));
    assertThat(names).noneMatch(name -> name.contains("/") || name.startsWith("."));
    assertThat(names).anyMatch(name -> name.getBytes(StandardCharsets.UTF_8).length == 255);
    assertThat(Trees.snapshot(left).keySet()).containsExactlyInAnyOrderElementsOf(names);
  }
}

package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Ignored;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Picture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectionTest {
  private static Selection.Selected select(
      @Nullable String include, @Nullable String exclude, String folder, String... names) {
    List<Picture> pictures =
        Stream.of(names)
            .filter(name -> !name.endsWith("/"))
            .sorted()
            .map(name -> new Picture(folder, name, 1, null))
            .toList();
    List<String> folders =
        Stream.of(names)
            .filter(name -> name.endsWith("/"))
            .map(name -> name.substring(0, name.length() - 1))
            .toList();
    return new Selection(include, exclude)
        .select(
            new Listing.Trusted(
                folder,
                pictures,
                folders,
                Set.of(),
                new Ignored(Map.of(IgnoredReason.NOT_A_FILE, 2L))));
  }

  private static List<String> names(Selection.Selected selected) {
    return selected.pictures().stream().map(Picture::name).toList();
  }

  @Test
  void picturesTakePartByDefault() {
    Selection.Selected selected = select(null, null, "", "a.jpg", "b.RAW", "c.txt", "d", "day/");

    assertThat(names(selected)).containsExactly("a.jpg", "b.RAW");
    assertThat(selected.folders()).containsExactly("day");
    assertThat(selected.ignored().counts())
        .containsOnly(Map.entry(IgnoredReason.KIND, 2L), Map.entry(IgnoredReason.NOT_A_FILE, 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".a.jpg",
        ".a.jpg.0123abcd.picsync.part",
        "a.jpg.part",
        "a.jpg.PART",
        "a.jpg.filepart",
        "a.jpg.tmp",
        "a.jpg~",
        "a.jpg.partial",
        "a.jpg.crdownload",
        "a.jpg.swp",
        "a.temp"
      })
  void temporaryNameNeverTakesPart(String name) {
    assertThat(select(null, null, "", name).ignored().counts())
        .containsEntry(IgnoredReason.TEMPORARY, 1L);
    assertThat(names(select("**", null, "", name))).isEmpty();
  }

  @Test
  void workingCopyNeverTakesPart() {
    assertThat(names(select("**/*.jpg", null, "", "process-a.jpg", "a-process-.jpg")))
        .containsExactly("a-process-.jpg");
    assertThat(select(null, null, "", "process-a.jpg").ignored().counts())
        .containsEntry(IgnoredReason.PROCESS, 1L);
  }

  @Test
  void patternsMatchThePathInTheArchiveWhateverItsCase() {
    assertThat(names(select("20110714/*.MP4", null, "20110714", "a.mp4", "b.Mp4", "c.jpg")))
        .containsExactly("a.mp4", "b.Mp4");
    assertThat(names(select("20110714/*.mp4", null, "20110715", "a.mp4"))).isEmpty();
    assertThat(names(select("*.jpg", null, "20110714", "a.jpg"))).isEmpty();
  }

  @Test
  void severalPatternsAreSeparatedByCommasAndBlanksDoNotCount() {
    assertThat(names(select(" **/*.mp4 ,, **/*.jpg,", null, "", "a.mp4", "b.jpg", "c.raw")))
        .containsExactly("a.mp4", "b.jpg");
    assertThat(names(select("  ", " , ", "", "a.jpg", "b.txt"))).containsExactly("a.jpg");
  }

  @Test
  void excludedFolderCountsOnceAndIsNotEntered() {
    Selection.Selected selected = select(null, "raw,**/thumbs/**", "", "raw/", "thumbs/", "a/");

    assertThat(selected.folders()).containsExactly("a");
    assertThat(selected.ignored().counts()).containsEntry(IgnoredReason.EXCLUDED, 2L);
  }

  @Test
  void exclusionWinsOverInclusion() {
    Selection.Selected selected = select("**/*.jpg", "**/b.jpg", "day", "a.jpg", "b.jpg");

    assertThat(names(selected)).containsExactly("a.jpg");
    assertThat(selected.ignored().counts()).containsEntry(IgnoredReason.EXCLUDED, 1L);
  }

  @Test
  void everyFileIsEitherTakenOrCounted() {
    Selection.Selected selected =
        select(null, "**/x*", "", "a.jpg", "x.jpg", "b.txt", "process-c.jpg", ".d.jpg", "y/", "x/");

    assertThat(selected.pictures().size() + selected.folders().size() + selected.ignored().total())
        .isEqualTo(7 + 2);
  }
}

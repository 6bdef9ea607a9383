package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Ignored;
import io.picsync.archive.Listing;
import io.picsync.archive.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FolderComparisonTest {
  private static final Selection ALL = new Selection(null, null);

  private static Listing.Trusted listing(Map<String, Long> sizes, String... folders) {
    List<Picture> pictures = new ArrayList<>();
    new TreeMap<>(sizes)
        .forEach((name, size) -> pictures.add(new Picture("day", name, size, null)));
    return new Listing.Trusted("day", pictures, List.of(folders), Set.of(), Ignored.NONE);
  }

  private static FolderComparison comparison(Listing.Trusted source, Listing.Trusted destination)
      throws IOException {
    return FolderComparison.of(
        new Folder("day", true, true), source, destination, ALL, picture -> false);
  }

  private static Classes compare(Map<String, Long> source, Map<String, Long> destination)
      throws IOException {
    return comparison(listing(source), listing(destination)).classes();
  }

  @Test
  void picturesFallIntoFourClasses() throws IOException {
    Classes classes =
        compare(
            Map.of("both.jpg", 10L, "differs.jpg", 20L, "here.raw", 30L),
            Map.of("both.jpg", 10L, "differs.jpg", 21L, "there.jpg", 40L));

    assertThat(classes.source()).isEqualTo(new Tally(2, 1, 3, 30, 30, 60));
    assertThat(classes.destination()).isEqualTo(new Tally(3, 0, 3, 71, 0, 71));
    assertThat(classes.intersect()).isEqualTo(new Tally(1, 0, 1, 10, 0, 10));
    assertThat(classes.differsAtSource()).isEqualTo(new Tally(1, 0, 1, 20, 0, 20));
    assertThat(classes.differsAtDestination()).isEqualTo(new Tally(1, 0, 1, 21, 0, 21));
    assertThat(classes.missingInDestination()).isEqualTo(new Tally(0, 1, 1, 0, 30, 30));
    assertThat(classes.missingInSource()).isEqualTo(new Tally(1, 0, 1, 40, 0, 40));
  }

  @Test
  void namesAreComparedLetterByLetter() throws IOException {
    Classes classes =
        compare(Map.of("a.jpg", 1L, "\u00e4.jpg", 1L), Map.of("A.jpg", 1L, "a\u0308.jpg", 1L));

    assertThat(classes.missingInDestination().count()).isEqualTo(2);
    assertThat(classes.missingInSource().count()).isEqualTo(2);
  }

  @Test
  void anyTwoFoldersAddUp() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 100; round++) {
      Map<String, Long> source = new TreeMap<>();
      Map<String, Long> destination = new TreeMap<>();
      for (int i = 0; i < 50; i++) {
        String name = random.nextInt(60) + (random.nextBoolean() ? ".jpg" : ".raw");
        (random.nextBoolean() ? source : destination).put(name, (long) random.nextInt(3));
      }
      assertThat(compare(source, destination).source().count()).isEqualTo(source.size());
    }
  }

  @Test
  void picturesBeingWrittenTakeNoPartUnlessBothSidesAgree() throws IOException {
    Map<String, Long> source = Map.of("both.jpg", 1L, "grows.jpg", 2L, "new.jpg", 3L);
    Map<String, Long> destination = Map.of("both.jpg", 1L, "grows.jpg", 1L, "other.jpg", 4L);

    FolderComparison comparison =
        FolderComparison.of(
            new Folder("day", true, true),
            listing(source),
            listing(destination),
            ALL,
            picture -> true);

    assertThat(comparison.classes().source().count()).isEqualTo(1);
    assertThat(comparison.classes().missingInSource().count()).isEqualTo(1);
    assertThat(comparison.ignoredAtSource().total()).isEqualTo(2);
    assertThat(comparison.ignoredAtDestination().total()).isEqualTo(1);
  }

  @Test
  void listingThatIsNotSortedIsNoListing() {
    List<Picture> pictures =
        List.of(new Picture("day", "b.jpg", 1, null), new Picture("day", "a.jpg", 1, null));

    assertThatThrownBy(
            () -> new Listing.Trusted("day", pictures, List.of(), Set.of(), Ignored.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a.jpg' is told after 'b.jpg'");
  }

  @Test
  void foldersBelowAreThoseOfEitherSide() throws IOException {
    assertThat(comparison(listing(Map.of(), "a", "b"), listing(Map.of(), "b", "c")).folders())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("above")
        .containsExactly(
            new Folder("day/a", true, false),
            new Folder("day/b", true, true),
            new Folder("day/c", false, true));
  }
}

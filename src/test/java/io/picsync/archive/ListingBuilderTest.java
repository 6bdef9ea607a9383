package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ListingBuilderTest {
  private final ListingBuilder builder = new ListingBuilder("20110714");

  @Test
  void entriesAreSortedByName() {
    builder.folder("z");
    builder.picture("b.jpg", 2, null);
    builder.picture("c.jpg", 3, null);
    builder.picture("a.jpg", 1, null);
    builder.folder("y");

    Listing.Trusted listing = (Listing.Trusted) builder.build();

    assertThat(listing.folder()).isEqualTo("20110714");
    assertThat(listing.pictures())
        .extracting(Picture::path)
        .containsExactly("20110714/a.jpg", "20110714/b.jpg", "20110714/c.jpg");
    assertThat(listing.folders()).containsExactly("y", "z");
    assertThat(listing.ignored()).isEqualTo(Ignored.NONE);
  }

  @Test
  void nameToldTwiceInARowMakesItUntrusted() {
    builder.picture("a.jpg", 1, null);
    builder.picture("b.jpg", 1, null);
    builder.picture("b.jpg", 2, null);

    assertThat(builder.build())
        .isEqualTo(new Listing.Untrusted("20110714", "the name 'b.jpg' is listed twice"));
  }

  @Test
  void nameToldTwiceFarApartMakesItUntrusted() {
    builder.picture("a.jpg", 1, null);
    builder.picture("b.jpg", 1, null);
    builder.picture("a.jpg", 1, null);

    assertThat(builder.build())
        .isEqualTo(new Listing.Untrusted("20110714", "the name 'a.jpg' is listed twice"));
  }

  @Test
  void folderToldTwiceMakesItUntrusted() {
    builder.folder("b");
    builder.folder("a");
    builder.folder("b");

    assertThat(builder.build())
        .isEqualTo(new Listing.Untrusted("20110714", "the folder 'b' is listed twice"));
  }

  @Test
  void twinsByCaseAreTwoPictures() {
    builder.picture("Twin.jpg", 1, null);
    builder.picture("tWIN.jpg", 1, null);

    assertThat(((Listing.Trusted) builder.build()).pictures()).hasSize(2);
  }

  @Test
  void whatTakesNoPartIsCountedByReason() {
    builder.folder(".");
    builder.folder("..");
    builder.folder("a/b");
    builder.picture("../a.jpg", 1, null);
    builder.ignore(IgnoredReason.NOT_A_FILE);

    Listing.Trusted listing = (Listing.Trusted) builder.build();

    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.folders()).isEqualTo(List.of());
    assertThat(listing.ignored().counts())
        .isEqualTo(Map.of(IgnoredReason.REFUSED_NAME, 2L, IgnoredReason.NOT_A_FILE, 1L));
  }
}

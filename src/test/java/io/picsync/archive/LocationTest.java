package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocationTest {
  @ParameterizedTest
  @CsvSource({
    "source1/pictures, 20110714/a.jpg, source1/pictures/20110714/a.jpg, a.jpg",
    "source1/pictures, '', source1/pictures, pictures",
    "'', 20110714/a.jpg, 20110714/a.jpg, a.jpg",
    "'', '', '', ''",
  })
  void placeOnTheServerIsArchiveAndPath(String archive, String path, String whole, String name) {
    Location location = new Location(archive, path);

    assertThat(location.serverPath()).isEqualTo(whole);
    assertThat(location.name()).isEqualTo(name);
    assertThat(location).hasToString(whole.isEmpty() ? "." : whole);
  }

  @Test
  void parentsLeadUpToTheServersRootAndStayThere() {
    Location picture = new Location("source1/pictures", "20110714/a.jpg");

    assertThat(picture.parent()).isEqualTo(new Location("source1/pictures", "20110714"));
    assertThat(picture.parent().parent()).isEqualTo(new Location("source1/pictures", ""));
    assertThat(picture.parent().parent().parent()).isEqualTo(new Location("source1", ""));
    assertThat(picture.parent().parent().parent().parent()).isEqualTo(new Location("", ""));
    assertThat(new Location("", "").parent()).isEqualTo(new Location("", ""));
    assertThat(new Location("", "").isServerRoot()).isTrue();
    assertThat(new Location("a", "").isServerRoot()).isFalse();
    assertThat(new Location("", "a").isServerRoot()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"a, ../b", "../a, b", "a, /b", "/a, b", "a, b//c", "a/, b", "a, b/", "a, ."})
  void pathsThatLeaveTheArchiveAreRefused(String archive, String path) {
    assertThatThrownBy(() -> new Location(archive, path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not usable");
  }

  @Test
  void secondCommandInANameIsRefusedAndShownHarmless() {
    assertThatThrownBy(() -> new Location("a", "b\r\nDELE c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b\\u000d\\u000aDELE c");
  }
}

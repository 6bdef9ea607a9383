package io.picsync.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporaryNamesTest {
  private final TemporaryNames names = new TemporaryNames(Owner.unknown());

  @Test
  void everyNameHasAHiddenOneOfOursThatServersAccept() {
    for (String name : Trees.hostileNames()) {
      String temporary = names.of(name);

      assertThat(temporary).startsWith(".").endsWith(".picsync.part");
      assertThat(TemporaryNames.isOurs(temporary)).as(temporary).isTrue();
      assertThat(Names.fault(temporary)).as(temporary).isNull();
    }
  }

  @Test
  void nameThatLeavesNoRoomIsAbridged() {
    String ascii = names.of("n".repeat(255));
    String umlauts = names.of("\u00e4".repeat(127));

    assertThat(ascii.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    assertThat(umlauts.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    assertThat(TemporaryNames.isOurs(ascii)).isTrue();
  }

  @Test
  void roomIsUsedToTheLastByte() {
    int rest = names.of("").length();

    assertThat(names.of("n".repeat(255 - rest))).hasSize(255).contains("nnn");
    assertThat(names.of("n".repeat(256 - rest))).doesNotContain("nnn");
  }

  @Test
  void twoStoresOfOnePictureNeverWriteOneFile() {
    assertThat(names.of("a.jpg")).isNotEqualTo(names.of("a.jpg"));
    assertThat(names.of("n".repeat(255))).isNotEqualTo(names.of("n".repeat(255)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        ".a.jpg.part",
        "a.jpg.0123abcd0123abcd0123abcd.picsync.part",
        ".a.jpg.0123ABCD0123ABCD0123ABCD.picsync.part",
        ".a.jpg.0123abcd0123abcd123abcd.picsync.part",
        ".a.jpg.0123abcd0123abcd0123abcd.picsync.part.jpg",
        ".20110714T153010123Z-cam1.json.picsync.part",
      })
  void foreignNamesAreNotOurs(String name) {
    assertThat(TemporaryNames.isOurs(name)).isFalse();
  }
}

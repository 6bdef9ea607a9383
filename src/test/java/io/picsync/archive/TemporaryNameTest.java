package io.picsync.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TemporaryNameTest {
  @Test
  void everyNameHasAHiddenOneOfOursThatServersAccept() {
    for (String name : Trees.hostileNames()) {
      String temporary = TemporaryName.of(name);

      assertThat(temporary).startsWith(".").endsWith(".picsync.part");
      assertThat(TemporaryName.isOurs(temporary)).as(temporary).isTrue();
      assertThat(Names.fault(temporary)).as(temporary).isNull();
    }
  }

  @Test
  void nameThatLeavesNoRoomIsAbridged() {
    String ascii = TemporaryName.of("n".repeat(255));
    String umlauts = TemporaryName.of("\u00e4".repeat(127));

    assertThat(ascii.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    assertThat(umlauts.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(255);
    assertThat(TemporaryName.isOurs(ascii)).isTrue();
  }

  @Test
  void roomIsUsedToTheLastByte() {
    int rest = TemporaryName.of("").length();

    assertThat(TemporaryName.of("n".repeat(255 - rest))).hasSize(255).contains("nnn");
    assertThat(TemporaryName.of("n".repeat(256 - rest))).doesNotContain("nnn");
  }

  @Test
  void twoStoresOfOnePictureNeverWriteOneFile() {
    assertThat(TemporaryName.of("a.jpg")).isNotEqualTo(TemporaryName.of("a.jpg"));
    assertThat(TemporaryName.of("n".repeat(255))).isNotEqualTo(TemporaryName.of("n".repeat(255)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        ".a.jpg.part",
        "a.jpg.0123abcd.picsync.part",
        ".a.jpg.0123ABCD.picsync.part",
        ".a.jpg.123abcd.picsync.part",
        ".a.jpg.0123abcd.picsync.part.jpg",
      })
  void foreignNamesAreNotOurs(String name) {
    assertThat(TemporaryName.isOurs(name)).isFalse();
  }
}

package io.picsync.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines of a list are wanted. */
final class ListFilterTest {
  private static ListFilter text(String text) {
    return new ListFilter(Optional.of(text), Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A/IMG_1.JPG         | img_1.jpg | true",
        "a/img_1.jpg         | IMG_1.JPG | true",
        "a/img_1.jpg         | img_2     | false",
        "a/img_1.jpg         | 5000      | false", // the size is no part of the path
        "a/Ä.jpg             | ä         | true",
        "a/\u212Aelvin.jpg   | kelvin    | true", // the small letter of a sign beyond ASCII
        "a/b\"c.jpg          | b\"c       | true",
        "a/b\\c.jpg          | b\\c       | true",
        "a/<script>.jpg      | <SCRIPT>  | true",
      })
  void partOfThePathIsFoundInCapitalLettersOrNot(String path, String text, boolean found)
      throws IOException {
    String json = path.replace("\\", "\\\\").replace("\"", "\\\"");

    assertThat(text(text).wants("{\"path\":\"" + json + "\",\"size\":5000}")).isEqualTo(found);
  }

  @Test
  void pathThatIsWrittenWithEscapesIsFoundToo() throws IOException {
    assertThat(text("<a>").wants("{\"path\":\"\\u003ca\\u003e.jpg\"}")).isTrue();
  }

  @Test
  void foldersAreWholeOnes() throws IOException {
    ListFilter filter =
        new ListFilter(Optional.empty(), Optional.of("/raw/20110714/"), Optional.empty());

    assertThat(filter.wants("{\"path\":\"raw/20110714/a.jpg\"}")).isTrue();
    assertThat(filter.wants("{\"path\":\"raw/201107140/a.jpg\"}")).isFalse();
    assertThat(filter.wants("{\"path\":\"draw/20110714/a.jpg\"}")).isFalse();
  }

  @Test
  void outcomeIsExact() throws IOException {
    ListFilter filter = new ListFilter(Optional.empty(), Optional.empty(), Optional.of("failed"));

    assertThat(filter.wants("{\"path\":\"a\",\"outcome\":\"failed\"}")).isTrue();
    assertThat(filter.wants("{\"path\":\"failed\",\"outcome\":\"transferred\"}")).isFalse();
  }

  @Test
  void lineThatHasToBeReadAndIsNoObjectIsDamage() {
    assertThatThrownBy(() -> text("a").wants("[\"a\"]")).isInstanceOf(IOException.class);
  }
}

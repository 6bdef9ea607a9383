package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.Trees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
  @Test
  void hostileButLegalNamesAreFine() {
    for (String name : Trees.hostileNames()) {
      assertThat(Names.fault(name)).as(name).isNull();
      assertThat(Names.faultOfPath("20110714/" + name)).as(name).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "/a",
        "a/",
        "a\rb",
        "a\nb",
        "a\r\nDELE b",
        "a\u0000b",
        "a\u0007b",
        "\u007f",
        "a\ufffdb",
      })
  void namesThatCouldDoHarmAreRefused(String name) {
    assertThat(Names.fault(name)).isNotNull();
  }

  @Test
  void longestNameIsCountedInBytes() {
    assertThat(Names.fault("n".repeat(255))).isNull();
    assertThat(Names.fault("n".repeat(256))).contains("255");
    assertThat(Names.fault("\u00e4".repeat(127))).isNull();
    assertThat(Names.fault("\u00e4".repeat(128))).contains("255");
    assertThat(Names.fault("\ud83d\udcf7".repeat(64))).contains("255");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "../a", "a/../b", "a/..", "a/./b", "a/b\nc"})
  void pathsThatLeaveTheirArchiveAreRefused(String path) {
    assertThat(Names.faultOfPath(path)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "a/b/c.jpg", "...", "a/...", ".a", " "})
  void relativePathsAreFine(String path) {
    assertThat(Names.faultOfPath(path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"plain.jpg, plain.jpg", "Gr\u00f6\u00dfe, Gr\u00f6\u00dfe"})
  void readableTextIsShownAsItIs(String text, String shown) {
    assertThat(Names.printable(text)).isEqualTo(shown);
  }

  @Test
  void controlCharactersCanNotForgeLogLines() {
    assertThat(Names.printable("a\r\nINFO all is well\u007f\u001b[2J"))
        .isEqualTo("a\\u000d\\u000aINFO all is well\\u007f\\u001b[2J");
  }

  @Test
  void overLongTextIsCutInTheMiddle() {
    assertThat(Names.printable("a".repeat(200) + "b".repeat(200)))
        .hasSize(111)
        .startsWith("aaa")
        .contains("\u2026")
        .endsWith("bbb");
  }
}

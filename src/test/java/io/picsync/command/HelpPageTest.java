package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.sync.Mode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the words of the help are laid out. */
final class HelpPageTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 80", "'', 80", "wide, 80", "132, 132", "20, 50", "-1, 50"})
  void itIsAsWideAsTheTerminal(String columns, int width) {
    assertThat(HelpPage.width(columns)).isEqualTo(width);
  }

  @Test
  void noLineIsLongerThanTheTerminalIsWide() {
    for (int width = 50; width < 120; width++) {
      int most = width;
      assertThat(HelpPage.of(new DemoCommand(), width).toString().lines())
          .allMatch(line -> line.length() <= most)
          .anyMatch(line -> line.length() > most - 10);
    }
  }

  @Test
  void allThatACommandTakesIsThere() {
    assertThat(HelpPage.of(new ValidateCommand(), 80).toString())
        .startsWith("Usage: picsync validate [OPTION]... [BASE]\n\nLooks at ")
        .contains("\n\n  [BASE]          The folder ", "\n  -h, --help      Show ");
    assertThat(HelpPage.of(new OneShotCommand(Mode.check, Map.of()), 80).toString())
        .startsWith("Usage: picsync check [OPTION]... SOURCE DESTINATION\n\nTells which ")
        .contains(
            "\n  SOURCE                     The archive",
            "\n      --connections=N        The most",
            "\n  -v, --verbose              Log what")
        .endsWith("64 wrong usage.\n");
  }

  @Test
  void whatIsTooLongGoesOnBelowItself() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("a", "12345 789 bc def");
    rows.put("long", "12345 789 bcde f 123456789abcdefgh 1 123456789abcdefghi");

    assertThat(new HelpPage(21).paragraphs("one two three four five\nsix").table(rows).toString())
        .isEqualTo(
            """

            one two three four
            five
            six

              a      12345 789 bc
                     def
              long   12345 789
                     bcde f
                     123456789abcdefgh
                     1
                     123456789abcdefghi
            """);
  }
}

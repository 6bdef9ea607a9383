package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given is taken letter by letter, in whatever order and form. */
final class TransferOptionsTest {
  private static TransferOptions read(String... words) {
    return new TransferOptions(TransferOptions.syntax().read(words));
  }

  @Test
  void whatIsNotGivenIsAsTheHelpSays() {
    assertThat(read("a", "b"))
        .returns("a", options -> options.source)
        .returns("b", options -> options.destination)
        .returns(4, options -> options.connections)
        .returns(null, options -> options.include)
        .returns(null, options -> options.exclude)
        .returns(null, options -> options.settle)
        .returns(false, options -> options.createDestination)
        .returns(null, options -> options.reports)
        .returns(false, options -> options.json)
        .returns(0, options -> options.verbosity);
  }

  @ParameterizedTest
  @CsvSource({
    "a b --connections=7 --include=i --exclude=e --settle=5s --reports=r --create-destination --json",
    "--json a --connections 7 --include i b --exclude e --settle 5s --reports r --create-destination",
    "--create-destination --connections 7 --include=i --exclude e --settle=5s --json --reports r -- a b",
  })
  void optionsStandAnywhereWithOrWithoutEqualsSign(String words) {
    assertThat(read(words.split(" ")))
        .returns("a", options -> options.source)
        .returns("b", options -> options.destination)
        .returns(7, options -> options.connections)
        .returns("i", options -> options.include)
        .returns("e", options -> options.exclude)
        .returns("5s", options -> options.settle)
        .returns(true, options -> options.createDestination)
        .returns(Path.of("r"), options -> options.reports)
        .returns(true, options -> options.json)
        .returns(0, options -> options.verbosity);
  }

  @Test
  void behindTwoDashesNothingIsAnOption() {
    assertThat(read("--json", "--", "--source", "-v"))
        .returns("--source", options -> options.source)
        .returns("-v", options -> options.destination)
        .returns(true, options -> options.json)
        .returns(0, options -> options.verbosity);
    assertThat(read("a", "--", "--").destination).isEqualTo("--");
  }

  @ParameterizedTest
  @CsvSource({"-v, 1", "-v -v, 2", "-vv, 2", "-v --verbose, 2", "--verbose -vv, 3"})
  void verbosityIsHowOftenItIsAskedFor(String words, int verbosity) {
    assertThat(read(("a b " + words).split(" ")).verbosity).isEqualTo(verbosity);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"quoted\"",
        "\"",
        "'",
        "2011*",
        "a=b",
        "-x",
        "-1",
        "-json",
        "--nope",
        "@file",
        "${HOME}",
        "ü",
        " ",
        ""
      })
  void wordsAreTakenLetterByLetter(String word) {
    assertThat(read("a", "b", "--exclude", word).exclude).isEqualTo(word);
    assertThat(read("a", "b", "--exclude=" + word).exclude).isEqualTo(word);
    assertThat(read("--", word, "b").source).isEqualTo(word);
  }
}

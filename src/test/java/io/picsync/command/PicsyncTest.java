package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which words are taken, and what is said to the others and to whoever asks for help. */
final class PicsyncTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int picsync(String words) {
    return Picsync.execute(
        new Console(new PrintWriter(out, true), new PrintWriter(err, true)),
        words.isEmpty() ? new String[0] : words.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "'', picsync, 'A command is wanted, one of check, sync, run, validate, health, demo, prepare.'",
    "--, picsync, 'A command is wanted, one of check, sync, run, validate, health, demo, prepare.'",
    "- a b, picsync, '''-'' is one argument too many.'",
    "--nope check a b, picsync, There is no option '--nope'.",
    "check a b --nope, picsync check, There is no option '--nope'.",
    "check --nope=x a b, picsync check, There is no option '--nope'.",
    "check, picsync check, SOURCE and DESTINATION are missing.",
    "sync a, picsync sync, DESTINATION is missing.",
    "check a b c d, picsync check, '''c'' is one argument too many.'",
    "check a -- b --json, picsync check, '''--json'' is one argument too many.'",
    "check -dash b, picsync check, There is no option '-dash'.",
    "health x, picsync health, '''x'' is one argument too many.'",
    "check a b ftp://u:secret@h/x, picsync check, '''ftp://u:***@h/x'' is one argument too many.'",
    "check a b --reports=, picsync check, --reports is empty; a folder is wanted.",
  })
  void wrongWordsAreNamedWithWhereHelpIs(String words, String command, String told) {
    assertThat(picsync(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines())
        .containsExactly("picsync: " + told, "Try '" + command + " --help'.");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "chek a b, check",
    "snyc a b, sync",
    "CHECK a b, check",
    "val, validate",
    "help, --help",
    "--verson, --version",
    "check a b --jsn, --json",
    "check a b --conections=4, --connections",
    "check a b --exlude x, --exclude",
    "demo --foldr x, --folder",
  })
  void whatWasProbablyMeantIsTold(String words, String meant) {
    assertThat(picsync(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Did you mean '" + meant + "'?");
  }

  @Test
  void aPasswordInThePlaceOfACommandIsNotEchoed() {
    assertThat(picsync("ftp://camera:secret@host/x /srv")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("There is no command 'ftp://camera:***@host/x'.")
        .doesNotContain("secret");
  }

  @Test
  void whatJavaCanNotGoOnFromIsNoFinding() {
    Writer failing =
        new StringWriter() {
          @Override
          public void write(String text, int offset, int length) {
            throw new StackOverflowError("too deep");
          }
        };

    int code =
        Picsync.execute(
            new Console(new PrintWriter(failing), new PrintWriter(err, true)), "--version");

    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).isEqualToIgnoringNewLines("picsync: StackOverflowError: too deep");
  }

  @Test
  void whatResemblesNoCommandIsToldAllOfThem() {
    assertThat(picsync("start")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .contains("There is no command 'start'. A command is wanted, one of check, sync, ")
        .doesNotContain("Did you mean");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check a b --con 4",
        "check a b --conn=4",
        "check a b -connections 4",
        "check a b -connections=4",
        "check a b -connections4",
        "check a b -json",
        "check a b -verbose",
        "check a b -vx",
        "check a b --v",
      })
  void optionsAreGivenWholeAndWithTheirDashes(String words) {
    assertThat(picsync(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("There is no option '" + words.split("[ =]")[3] + "'.");
  }

  @ParameterizedTest
  @CsvSource({
    "check a b --settle=1s --settle=1s, --settle",
    "check --connections 2 a b --connections=3, --connections",
    "check --json a b --json, --json",
    "run -vv, --verbose",
  })
  void anOptionGivenTwiceIsNamed(String words, String option) {
    assertThat(picsync(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("picsync: " + option + " is given more than once.");
  }

  @ParameterizedTest
  @CsvSource({
    "check a b --exclude, --exclude lacks its value; --exclude=PATTERNS is wanted.",
    "check a b --exclude --json, --exclude lacks its value; --exclude=PATTERNS is wanted.",
    "check --exclude -- a b, --exclude lacks its value; --exclude=PATTERNS is wanted.",
    "check a b --json=true, --json takes no value.",
    "check a b --connections many, --connections many: a number of connections is wanted.",
    "check a b --connections=0, --connections 0: at least 1 is wanted.",
    "check a b --connections -1, --connections -1: at least 1 is wanted.",
    "check a b --settle=soon, --settle=soon: a time span",
  })
  void aValueThatIsMissingOrNoneIsTold(String words, String told) {
    assertThat(picsync(words)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith("picsync: " + told);
  }

  @Test
  void whatIsOptionalMayBeMissing() {
    assertThat(new ValidateCommand().syntax().read().getArgList()).isEmpty();
    assertThat(new ValidateCommand().syntax().read("base").getArgList()).containsExactly("base");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "sync", "run", "validate", "health", "demo", "prepare"})
  void eachCommandHasHelp(String command) {
    assertThat(picsync("--help")).isZero();
    assertThat(out.toString().lines())
        .as("the list of all commands")
        .anyMatch(line -> line.startsWith("  " + command + " "));
    out.getBuffer().setLength(0);

    assertThat(picsync(command + " --help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: picsync " + command + " [OPTION]...")
        .contains("  -h, --help ", "  -V, --version ");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check -h",
        "check -vh",
        "check a --help",
        "check a b c --help",
        "check --nope --help",
        "check a b --exclude --help",
        "check --json --json -h",
      })
  void helpIsShownWhereverItIsAskedFor(String words) {
    assertThat(picsync(words)).isZero();
    assertThat(out.toString()).startsWith("Usage: picsync check ");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-h", "-hV", "--help check a b", "--nope --help"})
  void helpIsShownWithoutACommandToo(String words) {
    assertThat(picsync(words)).isZero();
    assertThat(out.toString()).startsWith("Usage: picsync COMMAND ");
  }

  @Test
  void behindTwoDashesNoHelpIsAskedFor() {
    assertThat(picsync("check --nope -- --help")).isEqualTo(ExitCode.USAGE);
    assertThat(picsync("check -- a b --help")).isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-V", "--version", "--version check a b", "check --version", "run -vV"})
  void theVersionIsForWhoeverAsks(String words) {
    assertThat(picsync(words)).isZero();
    assertThat(out.toString()).isEqualTo("picsync (not packaged)\n");
  }
}

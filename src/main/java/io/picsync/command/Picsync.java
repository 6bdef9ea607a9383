package io.picsync.command;

import io.picsync.sync.Causes;
import io.picsync.sync.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** The program {@code picsync}: hands over to the command that its first word names. */
final class Picsync {
  private static final List<String> COMMANDS =
      List.of("check", "sync", "run", "validate", "health", "demo", "prepare");

  private static final String DESCRIPTION =
      "Finds the pictures that are missing between two picture archives and transfers them.";

  private static final String FOOTER =
      """
      Examples:
        picsync check /srv/pictures ftp://camera@new.example.org/pictures
        picsync sync ftp://camera@old.example.org/pictures /srv/pictures

      Exit codes:
        0   nothing missing remains at the destination
        1   pictures are missing, or remained missing
        2   incomplete: an untrusted folder, a failed picture, cancelled
        3   failed
        64  wrong usage
        65  validate: something is wrong in routes/ or config/
      """;

  private Picsync() {}

  public static void main(String[] words) {
    System.exit(execute(Console.system(), words));
  }

  /**
   * Does what the words say, and tells what fails.
   *
   * @return the exit code
   */
  static int execute(Console console, String... words) {
    Command command = null;
    try {
      if (words.length == 0 || words[0].startsWith("-")) {
        return answer(console, words);
      }
      command = command(words[0]);
      return told(console, call(command, console, Arrays.copyOfRange(words, 1, words.length)));
    } catch (UsageException e) {
      String asked = command == null ? "picsync" : "picsync " + command.name();
      console.err().println("picsync: " + e.getMessage());
      console.err().println("Try '" + asked + " --help'.");
      return ExitCode.USAGE;
    } catch (Exception | Error e) { // Java's own exit code for them is 1: pictures are missing
      console.err().println("picsync: " + Causes.message(e));
      if (LogSetup.isDebug()) {
        console.err().print(Traces.of(e));
        console.err().flush();
      }
      return ExitCode.FAILED;
    }
  }

  /** A report that went nowhere, as to a full disk, is not to be taken for one that is empty. */
  private static int told(Console console, int code) {
    if (console.out().checkError()) {
      console.err().println("picsync: standard output can't be written.");
      return ExitCode.FAILED;
    }
    return code;
  }

  /** Only the one that is named is made: the words of all the others would cost each start. */
  private static Command command(String name) {
    return switch (name) {
      case "check" -> new OneShotCommand(Mode.check, System.getenv());
      case "sync" -> new OneShotCommand(Mode.sync, System.getenv());
      case "run" -> new RunCommand();
      case "validate" -> new ValidateCommand();
      case "health" -> new HealthCommand();
      case "demo" -> new DemoCommand();
      case "prepare" -> new PrepareCommand();
      default -> throw unknown(name);
    };
  }

  private static UsageException unknown(String name) {
    List<String> known = new ArrayList<>(COMMANDS);
    known.add("--" + Syntax.HELP);
    known.add("--" + Syntax.VERSION);
    return UsageException.unknown("command", name, known, " " + wanted());
  }

  private static String wanted() {
    return "A command is wanted, one of " + String.join(", ", COMMANDS) + ".";
  }

  private static int call(Command command, Console console, String... words) throws Exception {
    CommandLine given = command.syntax().read(words);
    if (given.hasOption(Syntax.HELP)) {
      return show(console, HelpPage.of(command, width()).toString());
    }
    if (given.hasOption(Syntax.VERSION)) {
      return show(console, "picsync " + version() + "\n");
    }
    return command.call(given, console);
  }

  /** For words that begin with no command. */
  private static int answer(Console console, String... words) {
    CommandLine given = new Syntax().read(words);
    if (given.hasOption(Syntax.HELP)) {
      return show(console, help());
    }
    if (given.hasOption(Syntax.VERSION)) {
      return show(console, "picsync " + version() + "\n");
    }
    throw new UsageException(wanted());
  }

  private static int width() {
    return HelpPage.width(System.getenv("COLUMNS"));
  }

  private static int show(Console console, String text) {
    console.out().print(text);
    console.out().flush();
    return ExitCode.NOTHING_MISSING;
  }

  private static String help() {
    Map<String, String> commands = new LinkedHashMap<>();
    for (String name : COMMANDS) {
      commands.put(name, command(name).description().split("\n")[0]);
    }
    return new HelpPage(width())
        .usage("COMMAND [OPTION]...")
        .paragraphs(DESCRIPTION)
        .table(commands)
        .table(HelpPage.options(new Syntax()))
        .verbatim(FOOTER)
        .toString();
  }

  /** From the jar's manifest. */
  static String version() {
    String version = Picsync.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}

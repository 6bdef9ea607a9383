package io.picsync.command;

import io.picsync.archive.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/** What a command takes: the words that stand by themselves, in their order, and options. */
final class Syntax {
  static final String HELP = "help";
  static final String VERSION = "version";

  private final List<Operand> operands = new ArrayList<>();
  private final List<Option> options = new ArrayList<>();
  private final Set<String> repeatable = new HashSet<>();

  /** A word that stands by itself, such as SOURCE. */
  record Operand(String name, String description, boolean required) {}

  Syntax operand(String name, String description) {
    operands.add(new Operand(name, description, true));
    return this;
  }

  /** To follow those that are required. */
  Syntax optionalOperand(String name, String description) {
    operands.add(new Operand(name, description, false));
    return this;
  }

  Syntax flag(String name, String description) {
    options.add(new Option(null, name, false, description));
    return this;
  }

  Syntax flag(char letter, String name, String description) {
    options.add(new Option(String.valueOf(letter), name, false, description));
    return this;
  }

  /** A flag that may be given several times. */
  Syntax repeatableFlag(char letter, String name, String description) {
    repeatable.add(name);
    return flag(letter, name, description);
  }

  /** An option with a value, which the help calls by its label. */
  Syntax value(String name, String label, String description) {
    Option option = new Option(null, name, true, description);
    option.setArgName(label);
    options.add(option);
    return this;
  }

  List<Operand> operands() {
    return operands;
  }

  /** Those of the command, and then those that every command has. */
  List<Option> options() {
    List<Option> all = new ArrayList<>(options);
    all.add(new Option("h", HELP, false, "Show this help, and end."));
    all.add(new Option("V", VERSION, false, "Show the version, and end."));
    return all;
  }

  /**
   * Reads the words of a command line. Nothing more is looked at once help is found among them, nor
   * are operands and repetitions once the version is.
   *
   * @throws UsageException when they are wrong
   */
  CommandLine read(String... words) {
    CommandLine given = parse(words);
    if (!given.hasOption(HELP) && !given.hasOption(VERSION)) {
      checkRepetitions(given);
      checkOperands(given.getArgList());
    }
    return given;
  }

  private CommandLine parse(String... words) {
    Options all = new ExactOptions();
    for (Option option : options()) {
      all.addOption(option);
    }
    try {
      return DefaultParser.builder()
          .setAllowPartialMatching(false)
          .setStripLeadingAndTrailingQuotes(false)
          .get()
          .parse(all, words);
    } catch (ParseException e) {
      if (asksForHelp(words)) {
        return parse("--" + HELP);
      }
      throw told(e);
    }
  }

  private static boolean asksForHelp(String... words) {
    for (String word : words) {
      if (word.equals("--")) {
        return false;
      }
      if (word.equals("-h") || word.equals("--" + HELP)) {
        return true;
      }
    }
    return false;
  }

  private UsageException told(ParseException failure) {
    if (failure instanceof UnrecognizedOptionException unrecognized) {
      return unknown(unrecognized.getOption());
    }
    if (failure instanceof MissingArgumentException missing) {
      Option option = missing.getOption();
      String name = "--" + option.getLongOpt();
      return new UsageException(
          name + " lacks its value; " + name + "=" + option.getArgName() + " is wanted.");
    }
    return new UsageException(String.valueOf(failure.getMessage()));
  }

  private UsageException unknown(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    List<String> known = new ArrayList<>();
    for (Option option : options()) {
      known.add("--" + option.getLongOpt());
    }
    return known.contains(name)
        ? new UsageException(name + " takes no value.")
        : UsageException.unknown("option", name, known, "");
  }

  private void checkRepetitions(CommandLine given) {
    Set<String> found = new HashSet<>();
    for (Option option : given.getOptions()) {
      String name = option.getLongOpt();
      if (!found.add(name) && !repeatable.contains(name)) {
        throw new UsageException("--" + name + " is given more than once.");
      }
    }
  }

  private void checkOperands(List<String> words) {
    if (words.size() > operands.size()) {
      throw new UsageException(
          "'" + Secret.masked(words.get(operands.size())) + "' is one argument too many.");
    }
    List<String> missing = new ArrayList<>();
    for (Operand operand : operands.subList(words.size(), operands.size())) {
      if (operand.required()) {
        missing.add(operand.name());
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " missing.");
    }
  }

  /**
   * A folder of the command line; null when it is not given.
   *
   * @param what names it to the user
   * @throws UsageException when no folder can have this name
   */
  static @Nullable Path folder(String what, @Nullable String text) {
    try {
      if (text != null && text.isBlank()) {
        throw new UsageException(what + " is empty; a folder is wanted.");
      }
      return text == null ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(what + " '" + text + "' is no folder name: " + e.getReason() + ".");
    }
  }

  /** Takes --name and -n, and not what the library would take too: -name and -nameVALUE. */
  private static final class ExactOptions extends Options {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean hasLongOption(String word) {
      return word.startsWith("--") && super.hasLongOption(word);
    }

    @Override
    public boolean hasShortOption(String letter) {
      return letter.length() == 1 && super.hasShortOption(letter);
    }
  }
}

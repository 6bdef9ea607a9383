package io.picsync.command;

import org.apache.commons.cli.CommandLine;

/** One of picsync's commands: what it takes, what its help says, and what it does. */
interface Command {
  /** As it is typed. */
  String name();

  /** Each line a paragraph of the help; the first is what the list of all commands says. */
  String description();

  /** What it takes beside {@code --help} and {@code --version}. */
  default Syntax syntax() {
    return new Syntax();
  }

  /** The end of the help, as it is; none when empty. */
  default String footer() {
    return "";
  }

  /**
   * Does it.
   *
   * @param given read by {@link #syntax()}
   * @return the exit code
   * @throws UsageException when what is given can't be meant
   */
  int call(CommandLine given, Console console) throws Exception;
}

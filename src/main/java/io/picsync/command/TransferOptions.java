package io.picsync.command;

import java.nio.file.Path;
import org.apache.commons.cli.CommandLine;
import org.jspecify.annotations.Nullable;

/** What {@code check} and {@code sync} have in common on the command line. Immutable. */
final class TransferOptions {
  /** For the end of their help. */
  static final String ENVIRONMENT =
      """
      Passwords are read from the environment:
        PICSYNC_SOURCE_PASSWORD and PICSYNC_DESTINATION_PASSWORD
      so are, of the source and the destination alike,
        PICSYNC_SOURCE_TLS_CA, _TLS_PIN (ftps:),
        PICSYNC_SOURCE_PRIVATE_KEY, _PRIVATE_KEY_PASSPHRASE,
        _KNOWN_HOSTS, _HOST_KEY (sftp:).
      """;

  /** Unless told otherwise. */
  static final int CONNECTIONS = 4;

  final String source;
  final String destination;
  final int connections;
  final @Nullable String include;
  final @Nullable String exclude;
  final @Nullable String settle;
  final boolean createDestination;
  final @Nullable Path reports;
  final boolean json;

  /** How often {@code -v} is given. */
  final int verbosity;

  /**
   * @param given read by {@link #syntax()}
   * @throws UsageException when a value is none
   */
  TransferOptions(CommandLine given) {
    source = given.getArgList().get(0);
    destination = given.getArgList().get(1);
    connections = connections(given.getOptionValue("connections"));
    include = given.getOptionValue("include");
    exclude = given.getOptionValue("exclude");
    settle = given.getOptionValue("settle");
    createDestination = given.hasOption("create-destination");
    reports = Syntax.folder("--reports", given.getOptionValue("reports"));
    json = given.hasOption("json");
    verbosity = given.getOptionCount("verbose");
  }

  static Syntax syntax() {
    return new Syntax()
        .operand(
            "SOURCE",
            "The archive that is complete: a folder, or an address ftp://user@host:port/path, ftps: or sftp:, where path is below the login folder, and //path is absolute.")
        .operand("DESTINATION", "The archive to bring up to it: the same forms.")
        .value(
            "connections",
            "N",
            "The most connections to each server at once; " + CONNECTIONS + " by default.")
        .flag(
            "create-destination",
            "Make the destination's folder with its parents; else it is made only when its parent exists.")
        .value(
            "include",
            "PATTERNS",
            "Files to take part instead of all pictures: Ant patterns such as **/*.mp4, separated by commas.")
        .value(
            "exclude",
            "PATTERNS",
            "Files and folders to leave out: Ant patterns such as raw, or 2011*.")
        .value(
            "settle",
            "TIME",
            "How long a picture must have rested to be taken, such as 30s; 0s takes all. 1m by default.")
        .value(
            "reports",
            "FOLDER",
            "Where to keep the report and its lists; by default ~/.local/state/picsync/reports")
        .flag("json", "Print the report as JSON on standard output, and nothing else there.")
        .repeatableFlag(
            'v', "verbose", "Log what happens; twice (-vv) with every picture and stack traces.");
  }

  private static int connections(@Nullable String text) {
    if (text == null) {
      return CONNECTIONS;
    }
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException("--connections " + text + ": a number of connections is wanted.");
    }
    if (number < 1) {
      throw new UsageException("--connections " + text + ": at least 1 is wanted.");
    }
    return number;
  }
}

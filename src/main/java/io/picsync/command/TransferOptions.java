package io.picsync.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code check} and {@code sync} have in common on the command line. */
final class TransferOptions {
  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = {
        "The archive that is complete: a folder, or an address,",
        "  ftp://user@host:port/path, ftps: or sftp:,",
        "where path is below the login folder, and //path is absolute."
      })
  String source = "";

  @Parameters(
      index = "1",
      paramLabel = "DESTINATION",
      description = "The archive to bring up to it: the same forms.")
  String destination = "";

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "4",
      description = "The most connections to each server at once; ${DEFAULT-VALUE} by default.")
  int connections = 4;

  @Option(
      names = "--include",
      paramLabel = "PATTERNS",
      description =
          "Files to take part instead of all pictures: Ant patterns such as **/*.mp4, separated by commas.")
  @Nullable String include;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERNS",
      description = "Files and folders to leave out: Ant patterns such as raw, or 2011*.")
  @Nullable String exclude;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description =
          "How long a picture must have rested to be taken, such as 30s; 0s takes all. 1m by default.")
  @Nullable String settle;

  @Option(
      names = "--create-destination",
      description =
          "Make the destination's folder with its parents; else it is made only when its parent exists.")
  boolean createDestination;

  @Option(
      names = "--reports",
      paramLabel = "FOLDER",
      description = {
        "Where to keep the report and its lists; by default",
        "  ~/.local/state/picsync/reports"
      })
  @Nullable Path reports;

  @Option(
      names = "--json",
      description = "Print the report as JSON on standard output, and nothing else there.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what happens; twice (-vv) with every picture and stack traces.")
  boolean[] verbose = {};
}

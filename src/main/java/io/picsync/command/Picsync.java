package io.picsync.command;

import io.picsync.sync.Causes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code picsync}: reads the command line and hands over to one subcommand. */
@Command(
    name = "picsync",
    description =
        "Finds the pictures that are missing between two picture archives and transfers them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Picsync.Version.class,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    exitCodeOnExecutionException = ExitCode.FAILED,
    footer = {
      "",
      "Examples:",
      "  picsync check /srv/pictures ftp://camera@new.example.org/pictures",
      "  picsync sync ftp://camera@old.example.org/pictures /srv/pictures",
      "",
      "Exit codes:",
      "  0   nothing missing remains at the destination",
      "  1   pictures are missing, or remained missing",
      "  2   incomplete: an untrusted folder, a failed picture, cancelled",
      "  3   failed",
      "  64  wrong usage",
      "  65  validate: something is wrong in routes/ or config/"
    })
final class Picsync implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private Picsync() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(arguments).execute(arguments));
  }

  /** The subcommand that the first argument names; all of them where it names none. */
  static CommandLine commandLine(String... arguments) {
    CommandLine line = new CommandLine(new Picsync());
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("check", CheckCommand.class);
    all.put("sync", SyncCommand.class);
    all.put("run", RunCommand.class);
    all.put("validate", ValidateCommand.class);
    all.put("health", HealthCommand.class);
    all.put("demo", DemoCommand.class);
    all.put("prepare", PrepareCommand.class);
    if (arguments.length > 0 && all.containsKey(arguments[0])) {
      all.keySet().retainAll(Set.of(arguments[0])); // each costs every start some milliseconds
    }
    all.forEach(line::addSubcommand);
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Picsync::usageError);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("picsync: " + Causes.message(failure));
          if (LogSetup.isDebug()) {
            command.getErr().print(Traces.of(failure));
            command.getErr().flush();
          }
          return ExitCode.FAILED;
        });
    line.getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE));
    return line;
  }

  private static int usageError(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    command.getErr().println("picsync: " + error.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "A command is wanted: check, sync, run, validate, health, demo or prepare.");
  }

  /** From the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Picsync.class.getPackage().getImplementationVersion();
      return new String[] {"picsync " + (version == null ? "(not packaged)" : version)};
    }
  }
}

package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code picsync run}: the service. */
@Command(
    name = "run",
    description = {
      "Runs the syncs of routes/syncs/ on their schedules until stopped (SIGTERM, Ctrl-C).",
      "Reads config/application.properties and routes/ of picsync's own folder."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Option(
      names = {"-v", "--verbose"},
      description = "Log every picture, and stack traces.")
  private boolean verbose;

  @Override
  public Integer call() throws Exception {
    LogSetup.level(verbose ? 2 : 1);
    Path home = Home.find();
    Path config = home.resolve("config").resolve("application.properties");
    if (!Files.isReadable(config)) {
      throw new SettingsException(
          "The configuration %s can't be read. It may be empty, but it has to be there."
              .formatted(config));
    }
    Main main = CamelMain.create(home, Clock.systemUTC());
    main.setPropertyPlaceholderLocations("file:" + config);
    main.configure().withRoutesIncludePattern(CamelMain.allRoutes(home));
    main.run();
    return main.getExitCode();
  }
}

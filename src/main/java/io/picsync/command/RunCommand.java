package io.picsync.command;

import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code picsync run}: the service. */
@Command(
    name = "run",
    description = {
      "Runs the syncs of routes/syncs/ on their schedules until stopped (SIGTERM, Ctrl-C).",
      "Reads config/application.properties and routes/ of picsync's own folder, or of that",
      "which PICSYNC_BASE names; writes below it, or below that which PICSYNC_STATE names."
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
    Home home = Home.find();
    Main main = ServiceMain.of(home);
    try {
      main.run();
    } catch (Exception e) {
      if (StartFailure.isOfTwins(e)) {
        RouteFiles.explainTwins(home.routes());
      }
      throw StartFailure.of(e, main.getCamelContext());
    }
    return main.getExitCode();
  }
}

package io.picsync.command;

import org.apache.camel.main.Main;
import org.apache.commons.cli.CommandLine;

/** {@code picsync run}: the service. */
final class RunCommand implements Command {
  @Override
  public String name() {
    return "run";
  }

  @Override
  public String description() {
    return """
        Runs the syncs of routes/syncs/ on their schedules until stopped (SIGTERM, Ctrl-C).
        Reads config/application.properties and routes/ of picsync's own folder, or of that \
        which PICSYNC_BASE names; writes below it, or below that which PICSYNC_STATE names.
        """;
  }

  @Override
  public Syntax syntax() {
    return new Syntax().flag('v', "verbose", "Log every picture, and stack traces.");
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    LogSetup.level(given.hasOption("verbose") ? 2 : 1);
    Home home = Home.find();
    ServiceLock alone = ServiceLock.take(home.state());
    try {
      return run(home);
    } finally {
      alone.close();
    }
  }

  private static int run(Home home) throws Exception {
    Main main = ServiceMain.of(home);
    try {
      main.run();
    } catch (Exception e) {
      RouteFiles.explain(home.routes(), e, main.getCamelContext());
      throw StartFailure.of(e, main.getCamelContext());
    }
    return main.getExitCode();
  }
}

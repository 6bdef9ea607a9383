package io.picsync.command;

import io.picsync.settings.SettingsException;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    Path config = home.config();
    if (!Files.isReadable(config)) {
      throw new SettingsException(
          "The configuration %s can't be read. It may be empty, but it has to be there."
              .formatted(config));
    }
    Main main = CamelMain.create(new PicsyncRuntime(home.state(), Clock.systemUTC()).asService());
    main.addMainListener(new LiveEditing(home));
    main.addMainListener(new StartWords(home));
    MetricsServing.prepare(main, config);
    main.setPropertyPlaceholderLocations("file:" + config);
    main.configure().withRoutesIncludePattern(home.allRoutesPattern());
    try {
      main.run();
    } catch (Exception e) {
      throw StartFailure.of(e, main.getCamelContext());
    }
    return main.getExitCode();
  }

  /** Says what will run, so that a service without a sync is not mistaken for one at rest. */
  private static final class StartWords extends MainListenerSupport {
    // here, not in the command: the first logger fixes the level
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final Home home;

    StartWords(Home home) {
      this.home = home;
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
      try {
        RouteFiles.refuseOthersThanLists(home.routes());
      } catch (IOException e) {
        throw new UncheckedIOException("The route files can't be read: " + e.getMessage(), e);
      }
    }

    @Override
    public void afterStart(BaseMainSupport main) {
      for (Path own : home.ownRoutes()) {
        LOG.info("The operator's own file takes the place of the shipped route. file={}", own);
      }
      List<SyncEndpoint> syncs = StartCheck.syncs(main.getCamelContext());
      if (syncs.isEmpty()) {
        LOG.warn("Started, and nothing will run: routes/syncs/ holds no sync.");
      }
      for (SyncEndpoint sync : syncs) {
        LOG.info(
            "Started. sync={} mode={} next={}",
            sync.getName(),
            sync.getMode(),
            sync.nextRun().map(Instant::toString).orElse("on demand"));
      }
    }
  }
}

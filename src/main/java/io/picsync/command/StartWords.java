package io.picsync.command;

import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what starts and stops, and what will run, so that a service without a sync is not mistaken
 * for one at rest.
 */
final class StartWords extends MainListenerSupport {
  // here, not in the command: the first logger fixes the level
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  private final Home home;
  private volatile boolean started;

  StartWords(Home home) {
    this.home = home;
  }

  @Override
  public void afterConfigure(BaseMainSupport main) {
    try {
      RouteFiles.refuseWhatCamelPassesOver(home.routes());
    } catch (IOException e) {
      throw new UncheckedIOException("The route files can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    started = true;
    LOG.info(
        "picsync is up. version={} program={} base={} state={} process={}",
        Picsync.version(),
        home.program(),
        home.base(),
        home.state(),
        ProcessHandle.current().pid());
    for (Path own : home.ownRoutes()) {
      LOG.info("The operator's own file takes the place of the shipped route. file={}", own);
    }
    home.unread().forEach(file -> LOG.warn("{}", Home.told(file)));
    List<SyncEndpoint> syncs = SyncComponent.syncs(main.getCamelContext());
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

  @Override
  public void beforeStop(BaseMainSupport main) {
    if (started) {
      LOG.info("picsync stops. Runs under way are cancelled and report so.");
    }
  }
}

package io.picsync.watch;

import io.picsync.report.ReportSteps;
import io.picsync.sync.SyncEndpoint;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-reports}: up and degraded, with the reasons, while the last run
 * of a sync left no report. It did its work as far as it could, and only the log tells of it.
 */
public final class ReportsHealth extends AbstractHealthCheck {
  private final WatchedRoutes routes;

  public ReportsHealth(WatchedRoutes routes) {
    super("picsync", "picsync-reports");
    this.routes = routes;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart frees no disk
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, String> unreported = new TreeMap<>();
    for (SyncEndpoint sync : routes.syncs().values()) {
      String why = ReportSteps.unreported(sync);
      if (!why.isEmpty()) {
        unreported.put(sync.getName(), why);
      }
    }
    unreported.forEach((name, why) -> builder.detail("sync." + name, why));
    builder.detail("degraded", !unreported.isEmpty());
    builder.message(
        unreported.isEmpty()
            ? "The last run of each sync is reported."
            : "Degraded. The last runs of these syncs left no report: " + unreported.keySet());
    builder.up();
  }
}

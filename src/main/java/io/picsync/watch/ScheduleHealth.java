package io.picsync.watch;

import io.picsync.sync.SyncEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-schedule}: down when a run is long overdue and none is under way.
 * The runtime itself hangs then, and only a restart helps: this is its liveness.
 */
public final class ScheduleHealth extends AbstractHealthCheck {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final WatchedRoutes routes;
  private final Clock clock;

  public ScheduleHealth(WatchedRoutes routes, Clock clock) {
    super("picsync", "picsync-schedule");
    this.routes = routes;
    this.clock = clock;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Instant late = clock.instant().minus(PATIENCE);
    Map<String, Instant> overdue = new TreeMap<>();
    for (SyncEndpoint sync : routes.syncs().values()) {
      Optional<Instant> next = sync.nextRun();
      if (next.isPresent() && next.get().isBefore(late)) {
        overdue.put(sync.getName(), next.get());
      }
    }
    overdue.forEach((name, since) -> builder.detail("sync." + name, "due since " + since));
    if (overdue.isEmpty()) {
      builder.up();
    } else {
      builder.message("Runs are overdue; restart picsync: " + overdue.keySet()).down();
    }
  }
}

package io.picsync.watch;

import io.picsync.routes.RouteFault;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-routes}: up and degraded while an edit of a route file is
 * refused, with file, line and why. What was before goes on, so picsync is not down.
 */
public final class RoutesHealth extends AbstractHealthCheck {
  /** More are in the log. */
  private static final int MOST = 5;

  private final Supplier<List<RouteFault>> faults;

  public RoutesHealth(Supplier<List<RouteFault>> faults) {
    super("picsync", "picsync-routes");
    this.faults = faults;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<RouteFault> found = faults.get();
    builder.detail("degraded", !found.isEmpty());
    builder.message(
        found.isEmpty()
            ? "All route files are in effect."
            : "Degraded, an edit is refused. "
                + found.stream()
                    .limit(MOST)
                    .map(RouteFault::toString)
                    .collect(Collectors.joining(" ")));
    builder.up();
  }
}

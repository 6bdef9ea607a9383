package io.picsync.watch;

import io.picsync.routes.FileFault;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-routes}: up and degraded while an edit of a route file is
 * refused, or while one that is in effect breaks a rule, with file, line and why. Nothing stands
 * still for it, so picsync is not down.
 */
public final class RoutesHealth extends AbstractHealthCheck {
  /** More are in the log. */
  private static final int MOST = 5;

  private final Supplier<List<FileFault>> faults;
  private final Supplier<List<FileFault>> standing;

  /**
   * @param faults of edits that are refused
   * @param standing of files that are in effect
   */
  public RoutesHealth(Supplier<List<FileFault>> faults, Supplier<List<FileFault>> standing) {
    super("picsync", "picsync-routes");
    this.faults = faults;
    this.standing = standing;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    String refused = told("An edit is refused", faults.get());
    String broken = told("A file in effect breaks a rule", standing.get());
    builder.detail("degraded", !(refused + broken).isEmpty());
    builder.message(
        (refused + broken).isEmpty()
            ? "All route files are in effect."
            : "Degraded." + refused + broken);
    builder.up();
  }

  private static String told(String what, List<FileFault> faults) {
    return faults.isEmpty()
        ? ""
        : faults.stream()
            .limit(MOST)
            .map(FileFault::toString)
            .collect(Collectors.joining(" ", " " + what + ": ", ""));
  }
}

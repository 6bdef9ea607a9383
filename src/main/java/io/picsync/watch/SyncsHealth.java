package io.picsync.watch;

import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A health check that is up and degraded, with the reasons, while something is wrong with some
 * syncs: all others go on, and a restart mends nothing.
 */
public final class SyncsHealth extends AbstractHealthCheck {
  private final Supplier<SortedMap<String, String>> wrong;
  private final String well;
  private final String degraded;

  /**
   * @param wrong why, by the names of the syncs
   * @param well what it says when there are none
   * @param degraded what it says before their names
   */
  public SyncsHealth(
      String id, Supplier<SortedMap<String, String>> wrong, String well, String degraded) {
    super("picsync", id);
    this.wrong = wrong;
    this.well = well;
    this.degraded = degraded;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    SortedMap<String, String> found = wrong.get();
    found.forEach((sync, why) -> builder.detail("sync." + sync, why));
    builder.detail("degraded", !found.isEmpty());
    builder.message(found.isEmpty() ? well : "Degraded. " + degraded + found.keySet());
    builder.up();
  }
}

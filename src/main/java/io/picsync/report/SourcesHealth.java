package io.picsync.report;

import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The health check {@code picsync-sources}: down while a sync's source has an alarm. */
public final class SourcesHealth extends AbstractHealthCheck {
  private final SourceAlarms alarms;
  private final Predicate<String> isSync;

  /**
   * @param isSync whether there is a sync of that name: nobody mends or acknowledges what the
   *     source of a removed one has
   */
  public SourcesHealth(SourceAlarms alarms, Predicate<String> isSync) {
    super("picsync", "picsync-sources");
    this.alarms = alarms;
    this.isSync = isSync;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart brings no picture back
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, Report.Alarm> active = alarms.active();
    active.keySet().removeIf(isSync.negate());
    active.forEach(
        (sync, alarm) ->
            builder.detail(
                "sync." + sync,
                "%s: %d pictures, it had %d, since run %s"
                    .formatted(alarm.alarm(), alarm.is(), alarm.was(), alarm.since())));
    if (active.isEmpty()) {
      builder.up();
    } else {
      builder.message("Sources list far fewer pictures than before: " + active.keySet()).down();
    }
  }
}

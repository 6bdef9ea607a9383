package io.picsync.report;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** The health check {@code picsync-sources}: down while a sync's source has an alarm. */
public final class SourcesHealth extends AbstractHealthCheck {
  private final SourceAlarms alarms;

  public SourcesHealth(SourceAlarms alarms) {
    super("picsync", "picsync-sources");
    this.alarms = alarms;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart brings no picture back
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, Report.Alarm> active = alarms.active();
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

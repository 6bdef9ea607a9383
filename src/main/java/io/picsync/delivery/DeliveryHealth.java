package io.picsync.delivery;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-delivery}: up and degraded, with the reasons, while {@code
 * picsync.report.endpoint} does not take reports. They are stored, and sent until it takes them.
 */
public final class DeliveryHealth extends AbstractHealthCheck {
  private final Outbox outbox;

  public DeliveryHealth(Outbox outbox) {
    super("picsync", "picsync-delivery");
    this.outbox = outbox;
  }

  @Override
  public boolean isLiveness() {
    return false; // a restart brings no endpoint back
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, String> refused = outbox.refused();
    refused.forEach((sync, why) -> builder.detail("sync." + sync, why));
    builder.detail("degraded", !refused.isEmpty());
    builder.message(
        refused.isEmpty()
            ? "No report was refused."
            : "Degraded. The report endpoint does not take the reports of " + refused.keySet());
    builder.up();
  }
}

package io.picsync.watch;

import io.picsync.archive.Servers;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-servers}: up and degraded, with the reasons, while a server is
 * given up. Its syncs fail and all others go on, so picsync as a whole is not down.
 */
public final class ServersHealth extends AbstractHealthCheck {
  private final Servers servers;

  public ServersHealth(Servers servers) {
    super("picsync", "picsync-servers");
    this.servers = servers;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Map<String, String> dead = new TreeMap<>();
    for (String name : servers.names()) {
      String why = servers.state(name).givenUp();
      if (!why.isEmpty()) {
        dead.put(name, why);
      }
    }
    dead.forEach((name, why) -> builder.detail("server." + name, "given up " + why));
    builder.detail("degraded", !dead.isEmpty());
    builder.message(
        dead.isEmpty()
            ? "All servers work."
            : "Degraded. "
                + dead.entrySet().stream()
                    .map(e -> "Server %s is given up %s".formatted(e.getKey(), e.getValue()))
                    .collect(Collectors.joining(" ")));
    builder.up();
  }
}

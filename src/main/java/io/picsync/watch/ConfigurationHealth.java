package io.picsync.watch;

import io.picsync.routes.FileFault;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * The health check {@code picsync-configuration}: up and degraded while an edit of the
 * configuration is refused, with file, line and why, or while edited keys wait for the next start.
 * What was before goes on, so picsync is not down.
 */
public final class ConfigurationHealth extends AbstractHealthCheck {
  private final Supplier<List<FileFault>> faults;
  private final Supplier<Set<String>> waiting;

  /**
   * @param waiting keys that wait for the next start, sorted
   */
  public ConfigurationHealth(Supplier<List<FileFault>> faults, Supplier<Set<String>> waiting) {
    super("picsync", "picsync-configuration");
    this.faults = faults;
    this.waiting = waiting;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<FileFault> found = faults.get();
    Set<String> keys = waiting.get();
    StringBuilder message = new StringBuilder();
    if (!found.isEmpty()) {
      message
          .append("Degraded, an edit is refused. ")
          .append(found.stream().map(FileFault::toString).collect(Collectors.joining(" ")));
    }
    if (!keys.isEmpty()) {
      message
          .append(message.isEmpty() ? "Degraded. " : " ")
          .append("Edited keys wait for the next start: ")
          .append(String.join(", ", keys))
          .append('.');
    }
    builder.detail("degraded", !message.isEmpty());
    builder.message(message.isEmpty() ? "The configuration is in effect." : message.toString());
    builder.up();
  }
}

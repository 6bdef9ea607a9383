package io.picsync.command;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.picsync.archive.Servers;
import io.picsync.delivery.Outbox;
import io.picsync.sync.SyncComponent;
import io.picsync.watch.LatestReports;
import io.picsync.watch.Metrics;
import io.picsync.watch.WatchedRoutes;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Registry;

/**
 * Metrics and health over Camel's HTTP management server, where the configuration asks for it by
 * {@code camel.management.enabled=true}; the libraries are not touched otherwise.
 */
final class MetricsServing extends MainListenerSupport {
  private static final String ENABLED = "camel.management.enabled";

  /** Other than Camel's defaults; what the configuration says comes first. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "camel.management.host", "127.0.0.1",
          "camel.management.healthCheckEnabled", "true",
          "camel.management.metricsEnabled", "true",
          "camel.health.exposureLevel", "full",
          // of each exchange, so of each picture, which costs more than it tells
          "camel.metrics.enableRoutePolicy", "false",
          "camel.metrics.enableExchangeEventNotifier", "false",
          "camel.metrics.enableRouteEventNotifier", "false");

  private MetricsServing() {}

  /**
   * @param config the configuration as it is written
   */
  static void prepare(Main main, Properties config) {
    if (config.getProperty(ENABLED, "false").strip().equals("true")) {
      DEFAULTS.forEach(main::addInitialProperty);
      main.addMainListener(new MetricsServing());
    }
  }

  @Override
  public void beforeConfigure(BaseMainSupport main) {
    Registry registry = main.getCamelContext().getRegistry();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.bind("metricsRegistry", meters); // where Camel looks for it
    Metrics metrics =
        new Metrics(
            meters,
            Objects.requireNonNull(
                main.getCamelContext().getComponent("sync", SyncComponent.class)),
            bean(registry, "latest-reports", LatestReports.class));
    metrics.begin(
        bean(registry, "servers", Servers.class),
        () -> bean(registry, "outbox", Outbox.class).refused().size(),
        () -> LiveEditing.routeFaults(registry).size(),
        () -> LiveEditing.configurationFaults(registry).size(),
        () -> LiveEditing.waitingKeys(registry).size());
    bean(registry, "watched-routes", WatchedRoutes.class).measure(metrics);
  }

  private static <T> T bean(Registry registry, String name, Class<T> type) {
    return Objects.requireNonNull(registry.lookupByNameAndType(name, type));
  }
}

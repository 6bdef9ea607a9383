package io.picsync.api;

import io.picsync.sync.SyncEndpoint;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** The syncs that routes have now; asked anew each time, for routes come and go. Thread-safe. */
final class Syncs {
  private final CamelContext context;

  Syncs(CamelContext context) {
    this.context = context;
  }

  List<SyncEndpoint> all() {
    return context.getRoutes().stream()
        .map(Route::getEndpoint)
        .filter(SyncEndpoint.class::isInstance)
        .map(SyncEndpoint.class::cast)
        .toList();
  }

  Optional<SyncEndpoint> find(String name) {
    return all().stream().filter(sync -> sync.getName().equals(name)).findFirst();
  }

  boolean isStarted(SyncEndpoint sync) {
    return context.getRoutes().stream()
        .filter(route -> route.getEndpoint() == sync)
        .anyMatch(route -> context.getRouteController().getRouteStatus(route.getId()).isStarted());
  }
}

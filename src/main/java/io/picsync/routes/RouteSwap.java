package io.picsync.routes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Takes routes out of a running context and puts others in; all else in it stays as it is. */
final class RouteSwap {
  private static final long STOP_SECONDS = 30;

  private final CamelContext context;
  private final Model model;

  RouteSwap(CamelContext context) {
    this.context = context;
    this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
  }

  /** The sync routes last, since their first run may begin at once. */
  private static final Comparator<RouteFile> ORDER =
      Comparator.comparing((RouteFile file) -> file.name().startsWith("routes/syncs/"))
          .thenComparing(RouteFile::name);

  /**
   * @param removed ids of routes; unknown ones are passed over
   * @param policies ids of route configurations that are to go
   */
  void remove(Set<String> removed, Set<String> policies) throws Exception {
    for (String id : removed) {
      if (context.getRoute(id) != null) {
        context.getRouteController().stopRoute(id, STOP_SECONDS, TimeUnit.SECONDS);
        context.removeRoute(id);
      }
      RouteDefinition definition = model.getRouteDefinition(id);
      if (definition != null) {
        model.removeRouteDefinition(definition);
      }
    }
    for (String id : policies) {
      RouteConfigurationDefinition policy = model.getRouteConfigurationDefinition(id);
      if (policy != null) {
        model.removeRouteConfiguration(policy);
      }
    }
  }

  /**
   * @param files in which they stand
   * @param added ids of the routes to make; all others of the files are there
   */
  void add(Collection<RouteFile> files, Set<String> added, Set<String> policies) throws Exception {
    List<Resource> resources = new ArrayList<>();
    for (RouteFile file : files.stream().sorted(ORDER).toList()) {
      boolean concerned =
          file.routes().stream().anyMatch(route -> added.contains(route.text("/id")))
              || file.policies().stream().anyMatch(p -> policies.contains(p.text("/id")));
      if (concerned) {
        resources.add(
            ResourceHelper.fromBytes(
                "file:" + file.name(), file.text().getBytes(StandardCharsets.UTF_8)));
      }
    }
    Collection<RoutesBuilder> builders =
        PluginHelper.getRoutesLoader(context).findRoutesBuilders(resources);
    for (RoutesBuilder builder : builders) {
      if (builder instanceof RouteConfigurationBuilder configurations) {
        configurations.updateRouteConfigurationsToCamelContext(context);
        // or Camel adds them once more with the routes, and refuses that
        configurations.getRouteConfigurationCollection().getRouteConfigurations().clear();
      }
    }
    for (RoutesBuilder builder : builders) {
      ((RouteBuilder) builder).addLifecycleInterceptor(new Only(added));
      context.addRoutes(builder);
    }
  }

  /** Leaves the routes that are there already alone. */
  private record Only(Set<String> added) implements RouteBuilderLifecycleStrategy {
    @Override
    public void afterConfigure(RouteBuilder builder) {
      builder.getRouteCollection().getRoutes().removeIf(route -> !added.contains(route.getId()));
    }
  }
}

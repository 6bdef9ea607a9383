package io.picsync.command;

import io.picsync.archive.Archive;
import io.picsync.archive.Servers;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Looks at the routes before the first run, for what Camel would tell only when a run gets there:
 * names of servers and routes that nothing has, and one sync in two files.
 */
final class StartCheck implements StartupListener {
  private static final String DIRECT = "direct:";

  private final Servers servers;

  StartCheck(Servers servers) {
    this.servers = servers;
  }

  /** The routes are made, their consumers are not started. */
  @Override
  public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
    List<RouteDefinition> routes =
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
    Map<String, RouteDefinition> inputs = new HashMap<>();
    for (RouteDefinition route : routes) {
      String input = name(context, route.getInput().getEndpointUri());
      RouteDefinition other = inputs.put(input, route);
      if (other != null) {
        throw new SettingsException(
            "%sthe route %s starts from %s, as the route %s of %s does already. Name one of them otherwise."
                .formatted(
                    StartFailure.place(route, input),
                    route.getId(),
                    input,
                    other.getId(),
                    StartFailure.file(other)));
      }
    }
    routes.forEach(route -> checkTargets(context, route, inputs.keySet()));
    for (SyncEndpoint sync : SyncComponent.syncs(context)) {
      RouteDefinition route = inputs.get("sync:" + sync.getName());
      if (route != null) {
        checkArchives(route, sync);
      }
    }
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {}

  private static void checkTargets(
      CamelContext context, RouteDefinition route, Set<String> inputs) {
    Collection<ToDefinition> targets =
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class);
    for (ToDefinition target : targets) {
      String name = name(context, target.getEndpointUri());
      if (name.startsWith(DIRECT) && !inputs.contains(name)) {
        Set<String> known = new HashSet<>(inputs);
        known.removeIf(input -> !input.startsWith(DIRECT));
        throw new SettingsException(
            "%sno route starts from %s. The nearest is %s."
                .formatted(
                    StartFailure.place(route, target.getEndpointUri()),
                    name,
                    Settings.nearest(name, known)));
      }
    }
  }

  private void checkArchives(RouteDefinition route, SyncEndpoint sync) {
    Archive source = archive(route, sync.getSource());
    Archive destination = archive(route, sync.getDestination());
    try {
      Archive.checkApart(source, destination);
    } catch (SettingsException e) {
      throw new SettingsException(StartFailure.place(route, sync.getSource()) + e.getMessage(), e);
    }
  }

  private Archive archive(RouteDefinition route, String name) {
    try {
      return Archive.of(name, servers);
    } catch (SettingsException e) {
      throw new SettingsException(StartFailure.place(route, name) + e.getMessage(), e);
    }
  }

  /** {@code direct://a?b=c} as {@code direct:a}. */
  private static String name(CamelContext context, String uri) {
    return context.resolvePropertyPlaceholders(uri).replaceFirst("\\?.*", "").replace("://", ":");
  }
}

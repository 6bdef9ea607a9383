package io.picsync.watch;

import io.picsync.archive.Servers;
import io.picsync.archive.ServersChange;
import io.picsync.report.ReportSteps;
import io.picsync.sync.SyncEndpoint;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a managed bean and metrics for each sync whose route is there, through all edits, and a
 * bean for each server. Thread-safe.
 */
public final class WatchedRoutes extends LifecycleStrategySupport {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedRoutes.class);

  private final CamelContext context;
  private final Servers servers;
  private final Function<SyncEndpoint, ManagedSync> view;
  private final Map<String, SyncEndpoint> syncs = new ConcurrentHashMap<>();
  private volatile @Nullable Metrics metrics;

  /**
   * @param view what JMX shows of a sync
   */
  public WatchedRoutes(
      CamelContext context, Servers servers, Function<SyncEndpoint, ManagedSync> view) {
    this.context = context;
    this.servers = servers;
    this.view = view;
  }

  /** The syncs that there are now, by name. */
  Map<String, SyncEndpoint> syncs() {
    return Map.copyOf(syncs);
  }

  /** Why the last run of a sync left no report, by the names of such syncs. */
  public SortedMap<String, String> unreported() {
    SortedMap<String, String> unreported = new TreeMap<>();
    syncs.forEach((name, sync) -> unreported.put(name, ReportSteps.unreported(sync)));
    unreported.values().removeIf(String::isEmpty);
    return unreported;
  }

  /** Counts from now on; to be called before the routes are there. */
  public void measure(Metrics by) {
    metrics = by;
  }

  @Override
  public void onContextStarted(CamelContext started) {
    for (String name : servers.names()) {
      register("server", name, new ManagedServer(name, servers));
    }
  }

  /** To be called when the servers are other. */
  public void change(ServersChange servers) {
    Metrics by = metrics;
    for (String name : servers.removed()) {
      unregister("server", name);
      if (by != null) {
        by.removeServer(name);
      }
    }
    for (String name : servers.added()) {
      register("server", name, new ManagedServer(name, this.servers));
      if (by != null) {
        by.addServer(this.servers, name);
      }
    }
  }

  @Override
  public void onRoutesAdd(Collection<Route> routes) {
    for (Route route : routes) {
      if (route.getEndpoint() instanceof SyncEndpoint sync) {
        syncs.put(sync.getName(), sync);
        register("sync", sync.getName(), view.apply(sync));
        Metrics by = metrics;
        if (by != null) {
          by.add(sync.getName());
        }
      }
    }
  }

  @Override
  public void onRoutesRemove(Collection<Route> routes) {
    for (Route route : routes) {
      if (route.getEndpoint() instanceof SyncEndpoint sync && syncs.remove(sync.getName(), sync)) {
        unregister("sync", sync.getName());
        Metrics by = metrics;
        if (by != null) {
          by.remove(sync.getName());
        }
      }
    }
  }

  private @Nullable ManagementAgent agent() {
    return context.getManagementStrategy().getManagementAgent();
  }

  private void register(String type, String name, Object bean) {
    ManagementAgent agent = agent();
    try {
      if (agent != null) {
        agent.register(bean, name(type, name), true);
      }
    } catch (JMException e) {
      LOG.warn("JMX does not show it. {}={} why={}", type, name, e.toString());
    }
  }

  private void unregister(String type, String name) {
    ManagementAgent agent = agent();
    try {
      if (agent != null) {
        agent.unregister(name(type, name));
      }
    } catch (JMException e) {
      LOG.warn("JMX still shows it. {}={} why={}", type, name, e.toString());
    }
  }

  private static ObjectName name(String type, String name) throws JMException {
    return new ObjectName("io.picsync:type=%s,name=%s".formatted(type, name));
  }
}

package io.picsync.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.picsync.archive.ServerState;
import io.picsync.archive.Servers;
import io.picsync.report.Report;
import io.picsync.report.ReportSteps;
import io.picsync.sync.Run;
import io.picsync.sync.RunStatus;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import io.picsync.sync.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * The metrics: all there from the start with zero, labelled by sync or server and never by picture,
 * so their number does not grow. Thread-safe.
 */
public final class Metrics {
  private static final List<String> OUTCOMES =
      List.of("transferred", "already_there", "vanished", "failed", "not_attempted");

  private final MeterRegistry registry;
  private final SyncComponent component;
  private final LatestReports reports;
  private final Map<String, List<Meter>> byServer = new ConcurrentHashMap<>();
  private final Map<String, List<Meter>> bySync = new ConcurrentHashMap<>();

  public Metrics(MeterRegistry registry, SyncComponent component, LatestReports reports) {
    this.registry = registry;
    this.component = component;
    this.reports = reports;
  }

  /**
   * What belongs to no sync.
   *
   * @param refusedReports syncs whose reports the endpoint does not take
   * @param configurationFaults what keeps edits of the configuration from taking effect
   * @param waitingKeys edited settings that wait for the next start
   */
  public void begin(
      Servers servers,
      IntSupplier refusedReports,
      IntSupplier routeFaults,
      IntSupplier configurationFaults,
      IntSupplier waitingKeys) {
    servers.names().forEach(name -> addServer(servers, name));
    count("picsync.report.refused.syncs", refusedReports);
    count("picsync.routes.faults", routeFaults);
    count("picsync.configuration.faults", configurationFaults);
    count("picsync.configuration.waiting.keys", waitingKeys);
    component.onRunEnd(this::count);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void count(String name, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt).strongReference(true).register(registry);
  }

  void addServer(Servers servers, String name) {
    Tags tags = Tags.of("server", name);
    String connections = "picsync.server.connections";
    byServer.put(
        name,
        List.of(
            gauge(connections, tags.and("state", "in_use"), servers, name, ServerState::inUse),
            gauge(connections, tags.and("state", "idle"), servers, name, ServerState::idle),
            gauge(connections + ".limit", tags, servers, name, ServerState::limit),
            gauge("picsync.server.waiting.calls", tags, servers, name, ServerState::waiting),
            gauge(
                "picsync.server.given.up",
                tags,
                servers,
                name,
                state -> state.givenUp().isEmpty() ? 0 : 1),
            gauge(
                "picsync.server.latency.seconds",
                tags,
                servers,
                name,
                state -> state.latency().toNanos() / 1e9)));
  }

  void removeServer(String name) {
    List<Meter> meters = byServer.remove(name);
    if (meters != null) {
      meters.forEach(registry::remove);
    }
  }

  private Meter gauge(
      String name, Tags tags, Servers servers, String server, ToDoubleFunction<ServerState> value) {
    return Gauge.builder(name, servers, all -> value.applyAsDouble(all.state(server)))
        .tags(tags)
        .register(registry);
  }

  void add(String sync) {
    List<Meter> meters = new ArrayList<>();
    Tags tags = Tags.of("sync", sync);
    for (RunStatus status : RunStatus.values()) {
      meters.add(registry.counter("picsync.sync.runs", tags.and("status", status.name())));
    }
    for (String outcome : OUTCOMES) {
      meters.add(registry.counter("picsync.transfer.pictures", tags.and("outcome", outcome)));
    }
    meters.add(registry.counter("picsync.transfer.damaged.pictures", tags));
    meters.add(registry.counter("picsync.compare.untrusted.folders", tags));
    Totals totals = component.totals(sync);
    meters.add(total("picsync.transfer.bytes", tags, totals, Totals::bytes));
    meters.add(total("picsync.compare.folders", tags, totals, Totals::folders));
    meters.add(total("picsync.compare.pictures", tags, totals, Totals::pictures));
    meters.add(value("picsync.sync.running", sync, s -> s.run().isPresent() ? 1 : 0));
    meters.add(
        value("picsync.sync.paused", sync, s -> s.run().filter(Run::paused).isPresent() ? 1 : 0));
    meters.add(
        value(
            "picsync.sync.missing.pictures",
            sync,
            s -> reports.missing(s).map(Long::doubleValue).orElse(Double.NaN)));
    meters.add(
        value("picsync.sync.unreported", sync, s -> ReportSteps.unreported(s).isEmpty() ? 0 : 1));
    meters.add(
        value(
            "picsync.sync.eta.seconds",
            sync,
            s -> s.run().map(r -> r.progress().eta().toSeconds()).orElse(0L)));
    meters.add(value("picsync.sync.source.alarm", sync, s -> reports.alarm(s).isEmpty() ? 0 : 1));
    meters.add(
        value(
            "picsync.sync.completed.timestamp.seconds",
            sync,
            s -> reports.completed(s).getEpochSecond()));
    bySync.put(sync, meters);
  }

  void remove(String sync) {
    List<Meter> meters = bySync.remove(sync);
    if (meters != null) {
      meters.forEach(registry::remove);
    }
  }

  private Meter total(String name, Tags tags, Totals totals, ToDoubleFunction<Totals> value) {
    return FunctionCounter.builder(name, totals, value).tags(tags).register(registry);
  }

  private Meter value(String name, String sync, ToDoubleFunction<SyncEndpoint> value) {
    return Gauge.builder(
            name,
            component,
            all -> all.sync(sync).map(s -> value.applyAsDouble(s)).orElse(Double.NaN))
        .tags("sync", sync)
        .register(registry);
  }

  private void count(Run run) {
    if (!bySync.containsKey(run.sync())) {
      return; // its route went meanwhile
    }
    Tags tags = Tags.of("sync", run.sync());
    registry.counter("picsync.sync.runs", tags.and("status", run.status().name())).increment();
    ReportSteps.reportOf(run).ifPresent(report -> count(report, tags));
  }

  private void count(Report report, Tags tags) {
    Report.Transfer transfer = report.transfer();
    long[] counts = {
      transfer.transferred(),
      transfer.alreadyThere(),
      transfer.vanished(),
      transfer.failed(),
      transfer.notAttempted()
    };
    for (int index = 0; index < counts.length; index++) {
      registry
          .counter("picsync.transfer.pictures", tags.and("outcome", OUTCOMES.get(index)))
          .increment((double) counts[index]);
    }
    registry
        .counter("picsync.transfer.damaged.pictures", tags)
        .increment((double) report.damaged().count());
    registry
        .counter("picsync.compare.untrusted.folders", tags)
        .increment((double) report.untrusted().folders());
  }
}

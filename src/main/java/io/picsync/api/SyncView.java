package io.picsync.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.picsync.report.CalendarStore;
import io.picsync.report.ReportSteps;
import io.picsync.sync.Phase;
import io.picsync.sync.Progress;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Syncs and their runs as JSON, as the schemas {@code Sync} and {@code Run} have it. Thread-safe.
 */
final class SyncView {
  private final Syncs syncs;
  private final ReportCatalog catalog;
  private final CalendarStore calendars;

  SyncView(Syncs syncs, ReportCatalog catalog, CalendarStore calendars) {
    this.syncs = syncs;
    this.catalog = catalog;
    this.calendars = calendars;
  }

  ObjectNode sync(SyncEndpoint sync) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sync", sync.getName());
    Optional<Run> run = sync.run();
    json.put("state", state(sync, run));
    json.put("source", sync.getSource());
    json.put("destination", sync.getDestination());
    json.put("mode", sync.getMode().name());
    put(json, "cron", sync.getCron());
    put(json, "interval", sync.getInterval());
    put(json, "timeZone", sync.getTimeZone());
    put(json, "blackout", sync.getBlackout());
    put(json, "bandwidth", sync.getBandwidth());
    sync.nextRun().ifPresent(next -> json.put("nextRun", next.toString()));
    if (!alarm(sync).isEmpty()) {
      json.put("alarm", alarm(sync));
    }
    String unreported = ReportSteps.unreported(sync);
    if (!unreported.isEmpty()) {
      json.put("unreported", unreported);
    }
    run.ifPresent(now -> json.set("run", run(now)));
    return withHistory(json, sync.getName());
  }

  private static void put(ObjectNode json, String key, @Nullable String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  /** What an operator has to look at; empty for nothing. Known from the reports after a restart. */
  String alarm(SyncEndpoint sync) {
    return sync.lastRun().map(Run::alarm).orElseGet(() -> catalog.history(sync.getName()).alarm());
  }

  /** One whose route is gone, and whose reports are there. */
  ObjectNode removed(String name) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sync", name).put("state", "removed");
    json.put("source", "").put("destination", "").put("mode", "check");
    return withHistory(json, name);
  }

  private ObjectNode withHistory(ObjectNode json, String name) {
    History history = catalog.history(name);
    History.Compared compared = history.compared();
    if (compared != null) {
      json.set("missing", Summary.volume(compared.missing(), compared.bytes()));
      calendars
          .oldestMissing(name)
          .filter(oldest -> compared.missing() > 0)
          .ifPresent(
              oldest ->
                  json.putObject("oldestMissing")
                      .put("path", oldest.path())
                      .put("captured", oldest.captured()));
    }
    if (history.last() != null) {
      json.putRawValue("last", new RawValue(history.last()));
    }
    history.trend().forEach(json.putArray("trend")::add);
    return json;
  }

  /** In a word for each state; another one with another run, alarm or want of a report. */
  String state(SyncEndpoint sync) {
    Optional<Run> run = sync.run();
    return state(sync, run)
        + run.map(now -> " " + now.id()).orElse("")
        + alarm(sync)
        + ReportSteps.unreported(sync);
  }

  private String state(SyncEndpoint sync, Optional<Run> run) {
    if (run.isPresent()) {
      return state(run.get());
    }
    return syncs.isStarted(sync) ? "idle" : "stopped";
  }

  private static String state(Run run) {
    return run.paused() ? "paused" : run.phase().name();
  }

  ObjectNode run(Run run) {
    Progress progress = run.progress();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("run", run.id());
    json.put("sync", run.sync());
    json.put("mode", run.mode().name());
    json.put("state", state(run));
    json.put("requested", run.requested().toString());
    if (run.started() != null) {
      json.put("started", run.started().toString());
    }
    if (run.compared() != null) {
      json.put("compared", run.compared().toString());
    }
    json.put("folders", progress.folders());
    json.put("pictures", progress.pictures());
    json.set("missing", Summary.volume(progress.missing(), progress.missingBytes()));
    json.set("done", Summary.volume(progress.done(), progress.doneBytes()));
    json.put("bytesPerSecond", progress.rate());
    if (run.phase() == Phase.transferring && progress.rate() > 0) {
      json.put("etaSeconds", progress.eta().toSeconds());
    }
    return json;
  }
}

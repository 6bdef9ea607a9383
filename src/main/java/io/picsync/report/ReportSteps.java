package io.picsync.report;

import io.picsync.archive.Ignored;
import io.picsync.compare.CaptureDay;
import io.picsync.compare.CompareSteps;
import io.picsync.compare.Comparison;
import io.picsync.lists.WholeFile;
import io.picsync.sync.Causes;
import io.picsync.sync.Mode;
import io.picsync.sync.Phase;
import io.picsync.sync.Run;
import io.picsync.sync.RunStatus;
import io.picsync.sync.SyncEndpoint;
import io.picsync.transfer.Outcome;
import io.picsync.transfer.Outcomes;
import io.picsync.transfer.TransferSteps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@code routes/report.camel.yaml}, as the bean {@code report}. Thread-safe. */
public final class ReportSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ReportSteps.class);

  private final CompareSteps compare;
  private final TransferSteps transfer;
  private final SourceAlarms alarms;
  private final Path folder;
  private final CalendarStore calendars;
  private volatile boolean keepsCalendars;
  private final List<Consumer<Run>> watchers = new CopyOnWriteArrayList<>();
  private final ReportWriter writer = new ReportWriter();

  /**
   * @param folder the reports folder; each sync has a folder of its name in it
   */
  public ReportSteps(
      CompareSteps compare, TransferSteps transfer, SourceAlarms alarms, Path folder) {
    this.compare = compare;
    this.transfer = transfer;
    this.alarms = alarms;
    this.folder = folder;
    this.calendars = new CalendarStore(folder);
  }

  /**
   * Keeps a calendar for each sync from now on. A single command does not: its runs bear one name,
   * whatever the camera.
   */
  public void keepCalendars() {
    keepsCalendars = true;
  }

  /**
   * @param watcher is told each run whose report was stored
   */
  public void watch(Consumer<Run> watcher) {
    watchers.add(watcher);
  }

  /** The route's word for a failure that nothing handled: the run ends here with its cause. */
  public void fail(
      @ExchangeProperty(Run.PROPERTY) Run run,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure) {
    String why = Causes.message(failure);
    LOG.error("Run fails. run={} why={}", run.id(), why);
    LOG.debug("Run fails. run={}", run.id(), failure);
    run.fail(why);
  }

  /**
   * Writes the statistics, atomically and synced to disk, beside the lists. Where that can't be
   * done the lists go as well: no report would name them, and a full disk needs the room.
   *
   * @return the JSON, with {@code CamelFileName} = {@code SYNC/RUN.json}
   */
  public String store(@ExchangeProperty(Run.PROPERTY) Run run, Exchange exchange)
      throws IOException {
    run.enter(Phase.reporting);
    Stored stored;
    try {
      stored = write(run);
    } catch (IOException e) {
      if (reportOf(run).isEmpty()) { // else it came to the report a second time
        withdrawLists(run);
      }
      throw e;
    }
    writeCalendar(run);
    run.part(Report.class, of -> stored.report());
    run.reported();
    exchange.getMessage().setHeader(Exchange.FILE_NAME, run.sync() + "/" + run.id() + ".json");
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    watchers.forEach(watcher -> watcher.accept(run));
    LOG.info(
        "Reported. run={} status={} remaining={} report={}",
        run.id(),
        run.status(),
        run.compared() == null ? "unknown" : stored.report().remaining(),
        stored.file());
    return stored.json();
  }

  private record Stored(Report report, String json, Path file) {}

  private Stored write(Run run) throws IOException {
    Map<String, String> lists = publishLists(run);
    tellStepsLeftOut(run);
    run.finish();
    SourceAlarms.Judgement source = alarms.judge(run, compare.comparison(run));
    Report report = report(run, lists, source);
    byte[] json = writer.write(report);
    Path file = folder.resolve(run.sync()).resolve(run.id() + ".json");
    WholeFile.write(file, json);
    if (source.uses()) {
      alarms.acknowledgementTold(run);
    }
    return new Stored(report, new String(json, StandardCharsets.UTF_8), file);
  }

  /** Of a route that was edited, whose run would pass for one that did its work. */
  private void tellStepsLeftOut(Run run) {
    if (run.status() != RunStatus.completed) {
      return;
    }
    long missing = compare.comparison(run).classes().missingInDestination().count();
    if (run.compared() == null) {
      run.incomplete(
          "The route of the sync reports without comparing: it came by no step direct:compare.");
    } else if (run.mode() == Mode.sync && missing > 0 && !transfer.outcomes(run).isBegun()) {
      run.incomplete(
          "The route of the sync reports without transferring: it came by no step direct:transfer, so %d missing pictures were not attempted. A sync that is only to compare has mode: check."
              .formatted(missing));
    }
  }

  /** Beside the report, and never in its way. Only a run that compared knows all days. */
  private void writeCalendar(Run run) {
    if (!keepsCalendars || run.compared() == null) {
      return;
    }
    Comparison comparison = compare.comparison(run);
    SortedMap<Long, CaptureDay> found = comparison.days().days();
    try {
      NavigableMap<LocalDate, CaptureDay> days = new TreeMap<>();
      if (comparison.untrusted() > 0 || comparison.leftOut().folders() > 0) {
        calendars.read(run.sync()).ifPresent(before -> days.putAll(before.days()));
      }
      found.forEach((day, of) -> days.put(LocalDate.ofEpochDay(day), of));
      Optional<OldestMissing> oldest =
          OldestMissing.of(
              comparison.days(),
              comparison.missingList().orElse(null),
              transfer.outcomes(run).publish().orElse(null));
      calendars.write(
          run.sync(), new Calendar(run.id(), String.valueOf(run.compared()), oldest, days));
    } catch (IOException e) {
      LOG.warn("The calendar can't be written. run={} why={}", run.id(), e.toString());
    }
  }

  private void withdrawLists(Run run) {
    try {
      compare.comparison(run).withdrawLists();
      transfer.outcomes(run).withdrawList();
    } catch (IOException e) {
      LOG.warn("Lists without a report stay. run={} why={}", run.id(), e.toString());
    }
  }

  /** The report of a run that has one. */
  public static Optional<Report> reportOf(Run run) {
    return run.find(Report.class);
  }

  /**
   * Why the last run of a sync left no report, so that no history knows of it; empty where it left
   * one.
   */
  public static String unreported(SyncEndpoint sync) {
    return sync.lastRun()
        .filter(run -> reportOf(run).isEmpty())
        .map(run -> Objects.requireNonNullElse(run.cause(), "its route stores none"))
        .orElse("");
  }

  private Map<String, String> publishLists(Run run) throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    Comparison comparison = compare.comparison(run);
    name(names, "missing", comparison.missingList());
    name(names, "differs", comparison.differsList());
    name(names, "outcomes", transfer.outcomes(run).publish());
    return names;
  }

  private static void name(Map<String, String> names, String what, Optional<Path> list) {
    list.ifPresent(file -> names.put(what, String.valueOf(file.getFileName())));
  }

  private Report report(Run run, Map<String, String> lists, SourceAlarms.Judgement source) {
    Comparison comparison = compare.comparison(run);
    return new Report(
        Report.SCHEMA,
        run.id(),
        run.sync(),
        run.mode(),
        run.status(),
        run.cause(),
        run.source(),
        run.sourceAddress(),
        run.destination(),
        run.destinationAddress(),
        Report.Patterns.of(run.options()),
        run.requested().toString(),
        text(run.started()),
        text(run.compared()),
        String.valueOf(run.finished()),
        Report.Result.of(comparison.classes()),
        Report.Unswept.of(comparison.leftOut()),
        transfer(transfer.outcomes(run)),
        ignored(comparison),
        new Report.Untrusted(comparison.untrusted(), untrusted(comparison)),
        damaged(transfer.outcomes(run)),
        source.measure(),
        source.alarm().stream().toList(),
        lists);
  }

  private static Report.Transfer transfer(Outcomes outcomes) {
    double seconds = outcomes.seconds();
    return new Report.Transfer(
        outcomes.planned(),
        outcomes.plannedBytes(),
        outcomes.count(Outcome.Kind.TRANSFERRED),
        outcomes.count(Outcome.Kind.ALREADY_THERE),
        outcomes.count(Outcome.Kind.VANISHED),
        outcomes.count(Outcome.Kind.FAILED),
        outcomes.notAttempted(),
        outcomes.count(Outcome.Kind.UNSETTLED),
        outcomes.bytes(),
        seconds,
        seconds == 0 ? 0 : Math.round(outcomes.bytes() / seconds),
        new Report.Verified(
            outcomes.count(Outcome.Kind.TRANSFERRED) - outcomes.hashed() - outcomes.readBack(),
            outcomes.hashed(),
            outcomes.readBack()));
  }

  private static Map<String, Map<String, Long>> ignored(Comparison comparison) {
    Map<String, Map<String, Long>> bySide = new LinkedHashMap<>(); // always in this order
    bySide.put("source", ignored(comparison.ignoredAtSource()));
    bySide.put("destination", ignored(comparison.ignoredAtDestination()));
    return bySide;
  }

  private static Map<String, Long> ignored(Ignored ignored) {
    Map<String, Long> byKey = new TreeMap<>();
    ignored.counts().forEach((reason, count) -> byKey.put(reason.key(), count));
    return byKey;
  }

  private static List<Report.UntrustedFolder> untrusted(Comparison comparison) {
    return comparison.untrustedExamples().stream()
        .map(f -> new Report.UntrustedFolder(f.path(), f.side(), f.reason()))
        .toList();
  }

  private static Report.Damaged damaged(Outcomes outcomes) {
    return new Report.Damaged(
        outcomes.damaged(),
        outcomes.damagedExamples().stream()
            .map(outcome -> new Report.DamagedPicture(outcome.path(), outcome.damaged()))
            .toList());
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

package io.picsync.report;

import io.picsync.archive.IgnoredReason;
import io.picsync.compare.Comparison;
import io.picsync.sync.Run;
import io.picsync.sync.RunStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises an alarm when a source lists far fewer pictures than it did: a disk that is not mounted, a
 * camera's folder that somebody moved. The measure is the most that it was seen to have, so one
 * that loses a little at each run is told too; it begins anew when an operator acknowledges. Told
 * in the log when it begins and when it ends. Thread-safe.
 */
public final class SourceAlarms {
  private static final Logger LOG = LoggerFactory.getLogger(SourceAlarms.class);
  private static final String SHRUNK = "source-shrunk";

  private final LastReports reports;
  private final Acknowledgements acknowledgements;
  private final Map<String, Report.Alarm> active = new ConcurrentHashMap<>();

  /**
   * @param reports the reports folder, which remembers across restarts
   * @param single whether all runs are those of single commands: they bear one name whatever the
   *     source, so its address tells it apart
   */
  public SourceAlarms(Path reports, boolean single) {
    this.reports = new LastReports(reports, single);
    this.acknowledgements = new Acknowledgements(reports);
  }

  /** By sync, as far as runs since the start of the runtime know. */
  Map<String, Report.Alarm> active() {
    return new TreeMap<>(active);
  }

  /**
   * What a run's report tells of its source.
   *
   * @param measure null where no run compared yet
   * @param alarm the one that it raised, or that was raised before and goes on
   * @param uses whether an operator's acknowledgement is used up: it measures the source anew, or
   *     there is no alarm any more
   */
  record Judgement(@Nullable Long measure, Optional<Report.Alarm> alarm, boolean uses) {}

  /**
   * Judges a run that ends, by what those before it found. One that could not list some folder of
   * the source has seen the least that there is: that ends an alarm, and begins none.
   */
  Judgement judge(Run run, Comparison comparison) {
    Long measure = null;
    boolean uses = false;
    Optional<LastReports.Found> before = reports.before(run);
    Report.Alarm old = before.map(LastReports.Found::alarm).orElse(null);
    if (hasCompared(run)) {
      boolean whole = comparison.isSourceWhole();
      boolean acknowledged = acknowledgements.has(run.sync());
      long seen = seen(comparison);
      long most = Math.max(seen, before.map(LastReports.Found::measure).orElse(0L));
      measure = whole && acknowledged ? seen : most;
      Optional<Report.Alarm> alarm = alarm(run, old, measure, seen, whole);
      alarm.ifPresentOrElse(now -> active.put(run.sync(), now), () -> active.remove(run.sync()));
      uses = acknowledged && (whole || alarm.isEmpty());
    } else {
      measure = before.map(LastReports.Found::measure).orElse(null); // carried on
      if (old != null) {
        active.putIfAbsent(run.sync(), old); // of before a restart
      }
    }
    Optional<Report.Alarm> known = Optional.ofNullable(active.get(run.sync()));
    known.ifPresent(alarm -> run.raise(words(alarm)));
    return new Judgement(measure, known, uses);
  }

  /** The report of a run is stored that uses it up. */
  void acknowledgementTold(Run run) {
    acknowledgements.used(run.sync());
  }

  private static boolean hasCompared(Run run) {
    return run.compared() != null
        && run.status() != RunStatus.failed
        && run.status() != RunStatus.cancelled;
  }

  /**
   * @param old null where the one before raised none
   */
  private static Optional<Report.Alarm> alarm(
      Run run, Report.@Nullable Alarm old, long measure, long seen, boolean whole) {
    if (seen < measure * run.options().alarmBelow() / 100.0) {
      return whole
          ? Optional.of(begun(run, old, measure, seen))
          : Optional.ofNullable(old); // the rest may be where it could not look
    }
    if (old != null) {
      LOG.info(
          "Alarm over. run={} sync={} alarm={} was={} is={}",
          run.id(),
          run.sync(),
          SHRUNK,
          old.was(),
          seen);
    }
    return Optional.empty();
  }

  /** Told as an error once, when it begins. */
  private static Report.Alarm begun(Run run, Report.@Nullable Alarm old, long measure, long is) {
    Report.Alarm alarm =
        new Report.Alarm(SHRUNK, measure, is, old == null ? run.id() : old.since());
    if (old == null) {
      LOG.error(
          "Alarm. run={} sync={} alarm={} why={}", run.id(), run.sync(), SHRUNK, words(alarm));
    }
    return alarm;
  }

  /**
   * With those that are still being written, those of folders that only the destination could not
   * list, and those of days left out: they are there.
   */
  private static long seen(Comparison comparison) {
    return comparison.classes().source().count()
        + comparison.atSourceOnly()
        + comparison.leftOut().source()
        + comparison.ignoredAtSource().counts().getOrDefault(IgnoredReason.UNSETTLED, 0L);
  }

  private static String words(Report.Alarm alarm) {
    return "The source lists %d pictures, it had %d. Look whether its disk is mounted and its folder is the right one. Nothing was deleted. If it is meant to be so, acknowledge the alarm (on the page, or acknowledgeAlarm of the sync over JMX)."
        .formatted(alarm.is(), alarm.was());
  }
}

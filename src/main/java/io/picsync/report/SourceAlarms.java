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
  private final Map<String, Report.Alarm> active = new ConcurrentHashMap<>();

  /**
   * @param reports the reports folder, which remembers across restarts
   * @param single whether all runs are those of single commands: they bear one name whatever the
   *     source, so its address tells it apart
   */
  public SourceAlarms(Path reports, boolean single) {
    this.reports = new LastReports(reports, single);
  }

  /** By sync, as far as runs since the start of the runtime know. */
  Map<String, Report.Alarm> active() {
    return new TreeMap<>(active);
  }

  /**
   * What a run's report tells of its source.
   *
   * @param measure null where the run did not see all of it
   * @param alarm the one that it raised, or that was raised before and goes on
   */
  record Judgement(@Nullable Long measure, Optional<Report.Alarm> alarm) {}

  /** Judges a run that ends, by what those before it that compared the whole source found. */
  Judgement judge(Run run, Comparison comparison) {
    Long measure = null;
    if (isWhole(run, comparison)) {
      Optional<LastReports.Found> before = reports.before(run);
      long is = atSource(comparison);
      long was = before.map(LastReports.Found::measure).orElse(0L);
      measure = run.isAlarmAcknowledged() ? is : Math.max(is, was);
      alarm(run, before.map(LastReports.Found::alarm).orElse(null), measure, is)
          .ifPresentOrElse(now -> active.put(run.sync(), now), () -> active.remove(run.sync()));
    }
    Optional<Report.Alarm> known = Optional.ofNullable(active.get(run.sync()));
    known.ifPresent(alarm -> run.raise(words(alarm)));
    return new Judgement(measure, known);
  }

  private static boolean isWhole(Run run, Comparison comparison) {
    return run.compared() != null
        && comparison.untrusted() == 0
        && run.status() != RunStatus.failed
        && run.status() != RunStatus.cancelled;
  }

  /**
   * @param old null where the one before raised none
   */
  private static Optional<Report.Alarm> alarm(
      Run run, Report.@Nullable Alarm old, long measure, long is) {
    if (is < measure * run.options().alarmBelow() / 100.0) {
      Report.Alarm alarm =
          new Report.Alarm(SHRUNK, measure, is, old == null ? run.id() : old.since());
      if (old == null) {
        LOG.error(
            "Alarm. run={} sync={} alarm={} why={}", run.id(), run.sync(), SHRUNK, words(alarm));
      }
      return Optional.of(alarm);
    }
    if (old != null) {
      LOG.info(
          "Alarm over. run={} sync={} alarm={} was={} is={}",
          run.id(),
          run.sync(),
          SHRUNK,
          old.was(),
          is);
    }
    return Optional.empty();
  }

  /** With those that are still being written, and those of days left out: they are there. */
  private static long atSource(Comparison comparison) {
    return comparison.classes().source().count()
        + comparison.leftOut().source()
        + comparison.ignoredAtSource().counts().getOrDefault(IgnoredReason.UNSETTLED, 0L);
  }

  private static String words(Report.Alarm alarm) {
    return "The source lists %d pictures, it had %d. Look whether its disk is mounted and its folder is the right one. Nothing was deleted. If it is meant to be so, acknowledge the alarm (on the page, or acknowledgeAlarm of the sync over JMX)."
        .formatted(alarm.is(), alarm.was());
  }
}

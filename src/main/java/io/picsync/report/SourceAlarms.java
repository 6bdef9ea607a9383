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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises an alarm when a source lists far fewer pictures than it did: a disk that is not mounted, a
 * camera's folder that somebody moved. What it had before the alarm stays the measure until it is
 * back or an operator acknowledges. Told in the log when it begins and when it ends. Thread-safe.
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

  /** Judges a run that ends, against the last one that compared the whole source. */
  Optional<Report.Alarm> judge(Run run, Comparison comparison) {
    if (isWhole(run, comparison)) {
      Optional<Report.Alarm> alarm = alarm(run, comparison);
      alarm.ifPresentOrElse(is -> active.put(run.sync(), is), () -> active.remove(run.sync()));
    }
    Optional<Report.Alarm> known = Optional.ofNullable(active.get(run.sync()));
    known.ifPresent(alarm -> run.raise(words(alarm)));
    return known;
  }

  private static boolean isWhole(Run run, Comparison comparison) {
    return run.compared() != null
        && comparison.untrusted() == 0
        && run.status() != RunStatus.failed
        && run.status() != RunStatus.cancelled;
  }

  private Optional<Report.Alarm> alarm(Run run, Comparison comparison) {
    Optional<LastReports.Found> before = reports.before(run);
    Optional<Report.Alarm> old = before.map(LastReports.Found::alarm);
    long was =
        old.map(Report.Alarm::was).or(() -> before.map(LastReports.Found::pictures)).orElse(0L);
    long is = atSource(comparison);
    boolean shrunk = is < was * run.options().alarmBelow() / 100.0 && !run.isAlarmAcknowledged();
    if (shrunk) {
      Report.Alarm alarm =
          new Report.Alarm(SHRUNK, was, is, old.map(Report.Alarm::since).orElse(run.id()));
      if (old.isEmpty()) {
        LOG.error(
            "Alarm. run={} sync={} alarm={} why={}", run.id(), run.sync(), SHRUNK, words(alarm));
      }
      return Optional.of(alarm);
    }
    if (old.isPresent()) {
      LOG.info(
          "Alarm over. run={} sync={} alarm={} was={} is={}",
          run.id(),
          run.sync(),
          SHRUNK,
          was,
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

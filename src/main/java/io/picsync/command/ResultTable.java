package io.picsync.command;

import io.picsync.report.Report;
import io.picsync.sync.Mode;
import io.picsync.sync.RunStatus;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The short table at the end of a command. */
final class ResultTable {
  private ResultTable() {}

  static String of(Report report) {
    if (report.status() == RunStatus.failed && report.compared() == null) {
      return ""; // a table of zeros would look like a finding
    }
    Report.Result result = report.result();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%-24s%12s%12s%12s%14s%n", "", "pictures", "jpg", "raw", "bytes"));
    row(text, "source", result.source().files().count(), result.source().files().size());
    row(
        text,
        "destination",
        result.destination().files().count(),
        result.destination().files().size());
    row(text, "in both", result.intersect().count(), result.intersect().size());
    row(text, "differs", result.differs().count(), result.differs().sourceSize());
    volume(text, "missing in destination", result.destination().files().missing());
    volume(text, "missing in source", result.source().files().missing());
    ignored(text, report.ignored());
    if (report.mode() == Mode.sync) {
      transfer(text, report.transfer());
    }
    damaged(text, report.damaged());
    nothing(text, report);
    for (Report.UntrustedFolder folder : report.untrusted().first()) {
      text.append(
          String.format(
              "not compared: folder '%s' of the %s: %s%n",
              folder.path(), folder.side(), folder.reason()));
    }
    for (Report.Alarm alarm : report.alarms()) {
      text.append(
          String.format(
              Locale.ROOT,
              "ALARM: the source has %,d pictures, it had %,d; nothing was deleted. If that is right, remove the former reports of this source, or keep new ones elsewhere (--reports).%n",
              alarm.is(),
              alarm.was()));
    }
    text.append(verdict(report)).append(System.lineSeparator());
    return text.toString();
  }

  private static void volume(StringBuilder text, String name, Report.Volume volume) {
    row(text, name, volume.count(), volume.size());
  }

  private static void row(StringBuilder text, String name, Report.Split count, Report.Split size) {
    text.append(
        String.format(
            Locale.ROOT,
            "%-24s%,12d%,12d%,12d%14s%n",
            name,
            count.total(),
            count.jpg(),
            count.raw(),
            Terminal.bytes(size.total())));
  }

  private static void ignored(StringBuilder text, Map<String, Map<String, Long>> ignored) {
    for (String side : new String[] {"source", "destination"}) {
      Map<String, Long> reasons = ignored.getOrDefault(side, Map.of());
      if (!reasons.isEmpty()) {
        text.append(
            reasons.entrySet().stream()
                .map(
                    reason ->
                        String.format(Locale.ROOT, "%,d %s", reason.getValue(), reason.getKey()))
                .collect(Collectors.joining(", ", "ignored at the " + side + ": ", "\n")));
      }
    }
  }

  private static void transfer(StringBuilder text, Report.Transfer transfer) {
    if (transfer.planned() == 0) {
      text.append("nothing to transfer").append(System.lineSeparator());
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "transferred %,d of %,d (%s) in %.1f s, %s/s",
            transfer.transferred(),
            transfer.planned(),
            Terminal.bytes(transfer.bytes()),
            transfer.seconds(),
            Terminal.bytes(transfer.bytesPerSecond())));
    part(text, "already there", transfer.alreadyThere());
    part(text, "vanished", transfer.vanished());
    part(text, "failed", transfer.failed());
    part(text, "not attempted", transfer.notAttempted() - transfer.unsettled());
    part(text, "still being written", transfer.unsettled());
    text.append(System.lineSeparator());
  }

  private static void damaged(StringBuilder text, Report.Damaged damaged) {
    if (damaged.count() > 0) {
      text.append(
          String.format(Locale.ROOT, "damaged at the source, copied: %,d", damaged.count()));
      for (Report.DamagedPicture picture : damaged.first()) {
        text.append(String.format("%n  %s: %s", picture.path(), picture.reason()));
      }
      long more = damaged.count() - damaged.first().size();
      if (more > 0) {
        text.append(
            String.format(Locale.ROOT, "%n  and %,d more; the outcome list names all", more));
      }
      text.append(System.lineSeparator());
    }
  }

  /** A pattern that fits nothing would pass for a copy that is complete. */
  private static void nothing(StringBuilder text, Report report) {
    if (report.result().source().files().count().total() == 0) {
      text.append("NOTE: the source has no picture that takes part");
      if (report.patterns() != null) {
        text.append("; look whether --include and --exclude are as meant");
      }
      text.append('.').append(System.lineSeparator());
    }
  }

  private static void part(StringBuilder text, String name, long count) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, "; %,d %s", count, name));
    }
  }

  private static String verdict(Report report) {
    String cause = report.cause() == null ? "" : " " + report.cause();
    if (report.status() != RunStatus.completed) {
      return report.status() + ":" + cause;
    }
    long remaining = report.remaining();
    return remaining == 0
        ? "completed: nothing is missing in the destination."
        : String.format(
            Locale.ROOT, "completed: %,d pictures are missing in the destination.", remaining);
  }
}

package io.picsync.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what former runs of a sync reported. Thread-safe; keeps nothing. */
final class LastReports {
  private static final Logger LOG = LoggerFactory.getLogger(LastReports.class);

  /** Reports that tell no measure are passed over, up to so many. */
  private static final int LOOKS = 50;

  /** Of single commands, whose reports are of all sources. */
  private static final int LOOKS_BY_ADDRESS = 2000;

  private final Path folder;
  private final boolean byAddress;

  /**
   * @param folder the reports folder
   * @param byAddress whether a source at another address is another source
   */
  LastReports(Path folder, boolean byAddress) {
    this.folder = folder;
    this.byAddress = byAddress;
  }

  /**
   * What a run found at its source.
   *
   * @param measure what the source is measured by
   * @param alarm null where it raised none
   */
  record Found(long measure, Report.@Nullable Alarm alarm) {}

  /**
   * The newest former run of the same sync, from the same source by the same patterns, that tells
   * what to measure it by. A file that is no report is named in the log and passed over.
   */
  Optional<Found> before(Run run) {
    return files(run).stream()
        .limit(byAddress ? LOOKS_BY_ADDRESS : LOOKS)
        .map(file -> read(file, run))
        .flatMap(Optional::stream)
        .filter(report -> isOfSource(report, run))
        .findFirst()
        .map(LastReports::found);
  }

  /** The newest first: run ids sort by time. */
  private List<Path> files(Run run) {
    String own = run.id() + ".json";
    try (Stream<Path> all = Files.list(folder.resolve(run.sync()))) {
      return all.filter(file -> file.toString().endsWith(".json"))
          .filter(file -> String.valueOf(file.getFileName()).compareTo(own) < 0)
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of(); // the first run
    } catch (IOException e) {
      LOG.warn("Former reports can't be looked at. run={} why={}", run.id(), e.toString());
      return List.of();
    }
  }

  private Optional<JsonNode> read(Path file, Run run) {
    try {
      String text = Files.readString(file);
      boolean tells = text.contains("\"sourceAddress\"") && !text.contains(ReportWriter.CUT);
      if (byAddress && tells && !text.contains(run.sourceAddress())) {
        return Optional.empty(); // of another source; to look is faster than to read
      }
      JsonNode json = Json.MAPPER.readTree(text);
      if (json.path("schema").asInt() == Report.SCHEMA && json.path("result").isObject()) {
        return Optional.of(json);
      }
      LOG.warn("A file among the reports is no report of this version. file={}", file);
    } catch (IOException e) {
      LOG.warn("A report can't be read. file={} why={}", file, firstLine(e));
    }
    return Optional.empty();
  }

  private static String firstLine(IOException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private boolean isOfSource(JsonNode report, Run run) {
    return (report.hasNonNull("measure") || isOfBeforeMeasures(report))
        && ReportWriter.isAsTold(report.path("source").asText(), run.source())
        && isAlike(report.at("/patterns/include"), run.options().antInclude())
        && isAlike(report.at("/patterns/exclude"), run.options().antExclude())
        && (!byAddress
            || ReportWriter.isAsTold(report.path("sourceAddress").asText(), run.sourceAddress()))
        && report.at("/result/source/files/count/total").isIntegralNumber();
  }

  private static boolean isOfBeforeMeasures(JsonNode report) {
    String status = report.path("status").asText();
    return (status.equals("completed") || status.equals("incomplete"))
        && report.hasNonNull("compared")
        && report.at("/untrusted/folders").asLong(1) == 0;
  }

  private static boolean isAlike(JsonNode reported, @Nullable String patterns) {
    if (patterns == null) {
      return !reported.isTextual();
    }
    return reported.isTextual() && ReportWriter.isAsTold(reported.asText(), patterns);
  }

  /** A report of before there was a measure tells what the source had. */
  private static Found found(JsonNode report) {
    JsonNode alarm = report.at("/alarms/0");
    long pictures =
        report.at("/result/source/files/count/total").asLong()
            + report.at("/leftOut/source").asLong(0);
    return new Found(
        report.path("measure").asLong(alarm.path("was").asLong(pictures)),
        alarm.isObject()
            ? new Report.Alarm(
                alarm.path("alarm").asText(),
                alarm.path("was").asLong(),
                alarm.path("is").asLong(),
                alarm.path("since").asText())
            : null);
  }
}

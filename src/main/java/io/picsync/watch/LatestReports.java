package io.picsync.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.report.Json;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The latest report of each sync, also of one that ran before the start of the runtime. Read once
 * for each report. Thread-safe.
 */
public final class LatestReports {
  /** A report that is completed is looked for in so many. */
  private static final int LOOKS = 50;

  private final Path folder;
  private final Map<String, Latest> latest = new ConcurrentHashMap<>();

  /**
   * @param run the id of the last run that is known, empty for none since the start
   * @param compared the newest of a run that compared
   * @param completed when a run was completed last; the epoch for never
   */
  private record Latest(
      String run, Optional<JsonNode> report, Optional<JsonNode> compared, Instant completed) {}

  /**
   * @param folder the reports folder
   */
  public LatestReports(Path folder) {
    this.folder = folder;
  }

  /** Empty for a sync that never ran. */
  Optional<JsonNode> of(SyncEndpoint sync) {
    return latest(sync).report();
  }

  /**
   * Pictures that the destination lacks, as far as was found out last: one that could not compare
   * found nothing out. Empty before the first comparison.
   */
  Optional<Long> missing(SyncEndpoint sync) {
    return comparedRun(sync)
        .map(run -> run.progress().stillMissing())
        .or(() -> latest(sync).compared().map(LatestReports::missing));
  }

  /** The run going on or the last one, whichever has compared; of neither before a start. */
  static Optional<Run> comparedRun(SyncEndpoint sync) {
    return sync.run()
        .filter(run -> run.compared() != null)
        .or(() -> sync.lastRun().filter(run -> run.compared() != null));
  }

  /** What an operator has to look at, also of before a start; empty for nothing. */
  String alarm(SyncEndpoint sync) {
    return sync.lastRun()
        .map(Run::alarm)
        .orElseGet(() -> of(sync).map(report -> report.at("/alarms/0/alarm").asText()).orElse(""));
  }

  /** When the last completed run ended; the epoch for never. */
  Instant completed(SyncEndpoint sync) {
    return latest(sync).completed();
  }

  private Latest latest(SyncEndpoint sync) {
    String run = sync.lastRun().map(Run::id).orElse("");
    return latest.compute(
        sync.getName(),
        (name, known) -> known != null && known.run().equals(run) ? known : look(name, run));
  }

  private Latest look(String sync, String run) {
    Optional<JsonNode> newest = Optional.empty();
    Optional<JsonNode> compared = Optional.empty();
    int looks = 0;
    for (Path file : files(sync)) {
      Optional<JsonNode> report = read(file);
      newest = newest.or(() -> report);
      compared = compared.or(() -> report.filter(json -> json.hasNonNull("compared")));
      if (report.map(json -> json.path("status").asText().equals("completed")).orElse(false)) {
        return new Latest(run, newest, compared, time(report.get().path("finished").asText()));
      }
      if (++looks == LOOKS) {
        break;
      }
    }
    return new Latest(run, newest, compared, Instant.EPOCH);
  }

  /** The newest first: run ids sort by time. */
  private List<Path> files(String sync) {
    Path reports = folder.resolve(sync);
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(reports)) {
      return all.filter(file -> file.toString().endsWith(".json"))
          .sorted(Comparator.reverseOrder())
          .limit(LOOKS)
          .toList();
    } catch (IOException e) {
      return List.of(); // told by the runs, which can't report either
    }
  }

  private Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(Json.MAPPER.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      return Optional.empty(); // told at the next run of the sync
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** Pictures that the destination lacked when the report was written. */
  private static long missing(JsonNode report) {
    return report.at("/result/destination/files/missing/count/total").asLong()
        - report.at("/transfer/transferred").asLong()
        - report.at("/transfer/alreadyThere").asLong()
        - report.at("/transfer/vanished").asLong();
  }
}

package io.picsync.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a report has to say that the one before it had not: for those who want to hear of changes
 * only.
 */
enum Change {
  /**
   * Something is not as it should be for the first time: pictures remain missing, or a run failed.
   */
  late,
  /** It is so for the second time: no hiccup. Told once, however long it lasts. */
  missing,
  /** All is well again. */
  recovered;

  private static final Logger LOG = LoggerFactory.getLogger(Change.class);

  /** So many reports are looked at to find two that were not cancelled. */
  private static final int LOOKS = 10;

  /**
   * By the reports before it, so it is the same when the report is sent a second time. Empty also
   * where they can't be read.
   */
  static Optional<Change> in(StoredReports reports, RunId run) {
    try {
      Optional<JsonNode> report = reports.json(run);
      List<JsonNode> before = new ArrayList<>();
      for (RunId one : reports.unbundled(run.sync()).headSet(run, false).descendingSet()) {
        if (before.size() == LOOKS) {
          break;
        }
        reports.json(one).ifPresent(before::add);
      }
      return report.flatMap(now -> of(now, before));
    } catch (IOException e) {
      LOG.debug("Whether something changed is not known. run={}", run, e);
      return Optional.empty();
    }
  }

  /**
   * @param report the report that is delivered
   * @param before those before it, the newest first; cancelled runs say nothing
   */
  static Optional<Change> of(JsonNode report, List<JsonNode> before) {
    if (isSilent(report)) {
      return Optional.empty();
    }
    List<Boolean> well =
        before.stream().filter(one -> !isSilent(one)).map(Change::isWell).limit(2).toList();
    boolean wasWell = well.isEmpty() || well.get(0);
    if (isWell(report)) {
      return wasWell ? Optional.empty() : Optional.of(recovered);
    }
    if (wasWell) {
      return Optional.of(late);
    }
    boolean isSecond = well.size() < 2 || well.get(1);
    return isSecond ? Optional.of(missing) : Optional.empty();
  }

  private static boolean isSilent(JsonNode report) {
    return report.path("status").asText().equals("cancelled");
  }

  private static boolean isWell(JsonNode report) {
    JsonNode transfer = report.path("transfer");
    long remaining =
        report.at("/result/destination/files/missing/count/total").asLong()
            - transfer.path("transferred").asLong()
            - transfer.path("alreadyThere").asLong()
            - transfer.path("vanished").asLong();
    return report.path("status").asText().equals("completed")
        && remaining == 0
        && report.path("alarms").isEmpty();
  }
}

package io.picsync.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

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

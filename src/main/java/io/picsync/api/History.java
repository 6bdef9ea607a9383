package io.picsync.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the newest reports of a sync say together. Immutable.
 *
 * @param last the newest report's {@link Summary} as JSON, null before the first
 * @param compared the newest run that compared, null before the first
 * @param alarm of the newest report, empty for none
 * @param rate bytes per second of the newest transfer that stored something
 * @param trend what was missing after each run that compared, the oldest first
 */
record History(
    @Nullable String last,
    @Nullable Compared compared,
    String alarm,
    OptionalLong rate,
    List<Long> trend) {
  static final History NONE = new History(null, null, "", OptionalLong.empty(), List.of());

  /** The most points of a trend. */
  static final int TREND = 30;

  /**
   * A run that compared.
   *
   * @param at when it had compared, ISO-8601
   * @param missing pictures that the destination lacked at its end
   * @param bytes of them, at most
   * @param seconds that comparing took
   */
  record Compared(String run, String at, long missing, long bytes, OptionalDouble seconds) {}

  /** With a report that is newer than all before. */
  History plus(JsonNode report, String summary) {
    JsonNode transfer = report.path("transfer");
    OptionalLong newRate =
        transfer.path("bytes").asLong() > 0 && transfer.path("bytesPerSecond").asLong() > 0
            ? OptionalLong.of(transfer.path("bytesPerSecond").asLong())
            : rate;
    String newAlarm = report.at("/alarms/0/alarm").asText();
    if (!report.hasNonNull("compared")) {
      return new History(summary, compared, newAlarm, newRate, trend);
    }
    long remaining = Summary.remaining(report);
    long bytes =
        report.at("/result/destination/files/missing/size/total").asLong()
            - transfer.path("bytes").asLong();
    List<Long> longer = new ArrayList<>(trend);
    longer.add(remaining);
    return new History(
        summary,
        new Compared(
            report.path("run").asText(),
            report.path("compared").asText(),
            remaining,
            remaining == 0 ? 0 : Math.max(0, bytes),
            Summary.seconds(report, "started", "compared")),
        newAlarm,
        newRate,
        List.copyOf(longer.subList(Math.max(0, longer.size() - TREND), longer.size())));
  }
}

package io.picsync.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/** A report in short, as the schema {@code Summary} has it. */
final class Summary {
  static final List<String> LISTS = List.of("missing", "differs", "outcomes");

  private Summary() {}

  /**
   * @param report as it is stored
   * @param bundled whether it lies in a month's zip archive
   */
  static ObjectNode of(JsonNode report, boolean bundled) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (String key : List.of("run", "sync", "mode", "status", "cause", "requested", "finished")) {
      if (report.hasNonNull(key)) {
        json.set(key, report.get(key));
      }
    }
    seconds(report, "started", "finished").ifPresent(seconds -> json.put("seconds", seconds));
    json.put("compared", report.hasNonNull("compared"));
    JsonNode source = report.at("/result/source/files");
    JsonNode destination = report.at("/result/destination/files");
    json.set("source", volume(source));
    json.set("destination", volume(destination));
    json.set("missing", volume(destination.path("missing")));
    json.set("missingInSource", volume(source.path("missing")));
    json.put("differs", report.at("/result/differs/count/total").asLong());
    JsonNode transfer = report.path("transfer");
    json.set(
        "transferred",
        volume(transfer.path("transferred").asLong(), transfer.path("bytes").asLong()));
    json.put("failed", transfer.path("failed").asLong());
    json.put("remaining", remaining(report));
    json.put("untrusted", report.at("/untrusted/folders").asLong());
    json.put("damaged", report.at("/damaged/count").asLong());
    if (transfer.path("bytesPerSecond").asLong() > 0) {
      json.put("bytesPerSecond", transfer.path("bytesPerSecond").asLong());
    }
    if (report.at("/alarms/0/alarm").isTextual()) {
      json.set("alarm", report.at("/alarms/0/alarm"));
    }
    if (bundled) {
      json.put("bundled", true);
    }
    LISTS.stream()
        .filter(list -> report.path("lists").hasNonNull(list))
        .forEach(json.putArray("lists")::add);
    return json;
  }

  private static ObjectNode volume(JsonNode counted) {
    return volume(counted.at("/count/total").asLong(), counted.at("/size/total").asLong());
  }

  static ObjectNode volume(long count, long bytes) {
    return JsonNodeFactory.instance.objectNode().put("count", count).put("bytes", bytes);
  }

  /** Pictures that the destination lacked at the end. */
  static long remaining(JsonNode report) {
    JsonNode transfer = report.path("transfer");
    return report.at("/result/destination/files/missing/count/total").asLong()
        - transfer.path("transferred").asLong()
        - transfer.path("alreadyThere").asLong()
        - transfer.path("vanished").asLong();
  }

  /** Between two of the report's times; empty when one is absent. */
  static OptionalDouble seconds(JsonNode report, String from, String to) {
    try {
      return report.hasNonNull(from) && report.hasNonNull(to)
          ? OptionalDouble.of(
              Duration.between(
                          Instant.parse(report.get(from).asText()),
                          Instant.parse(report.get(to).asText()))
                      .toMillis()
                  / 1000.0)
          : OptionalDouble.empty();
    } catch (DateTimeException e) {
      return OptionalDouble.empty();
    }
  }
}

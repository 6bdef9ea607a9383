package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A report as it lies in its folder, with its lists. Whatever is asked of it, it adds up. */
public record StoredReport(Path file, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads it, and checks what holds for every report. */
  public static StoredReport read(Path file) throws IOException {
    StoredReport report = new StoredReport(file, JSON.readTree(file.toFile()));
    assertThat(Files.size(file)).as("bytes of %s", file).isLessThanOrEqualTo(4096);
    for (String kind : List.of("jpg", "raw", "total")) {
      report.addsUp(kind);
    }
    assertThat(report.planned())
        .as("planned of %s", report.json)
        .isEqualTo(
            report.transferred()
                + report.transfer("alreadyThere")
                + report.transfer("vanished")
                + report.failed()
                + report.notAttempted());
    return report;
  }

  private void addsUp(String kind) {
    String missing = "/result/%s/files/missing/%s/" + kind;
    for (String what : List.of("count", "size")) {
      String all = "/result/%s/files/" + what + "/" + kind;
      long both = number("/result/intersect/" + what + "/" + kind);
      boolean sizes = what.equals("size");
      long here = number("/result/differs/" + (sizes ? "sourceSize/" : "count/") + kind);
      long there = number("/result/differs/" + (sizes ? "destinationSize/" : "count/") + kind);
      assertThat(number(all.formatted("source")))
          .as("source %s %s of %s", what, kind, json)
          .isEqualTo(both + here + number(missing.formatted("destination", what)));
      assertThat(number(all.formatted("destination")))
          .as("destination %s %s of %s", what, kind, json)
          .isEqualTo(both + there + number(missing.formatted("source", what)));
    }
  }

  /**
   * @param pointer {@code /result/intersect/count/total}
   */
  public long number(String pointer) {
    JsonNode node = json.at(pointer);
    assertThat(node.isNumber()).as("%s in %s", pointer, json).isTrue();
    return node.asLong();
  }

  public String text(String pointer) {
    return json.at(pointer).asText();
  }

  public String status() {
    return text("/status");
  }

  public String cause() {
    return text("/cause");
  }

  public long atSource() {
    return number("/result/source/files/count/total");
  }

  public long atDestination() {
    return number("/result/destination/files/count/total");
  }

  public long inBoth() {
    return number("/result/intersect/count/total");
  }

  public long differing() {
    return number("/result/differs/count/total");
  }

  public long missingInDestination() {
    return number("/result/destination/files/missing/count/total");
  }

  public long missingInSource() {
    return number("/result/source/files/missing/count/total");
  }

  public long untrusted() {
    return number("/untrusted/folders");
  }

  public long planned() {
    return transfer("planned");
  }

  public long transferred() {
    return transfer("transferred");
  }

  public long failed() {
    return transfer("failed");
  }

  public long notAttempted() {
    return transfer("notAttempted");
  }

  public long transfer(String figure) {
    return number("/transfer/" + figure);
  }

  /** Files that took no part; 0 for a reason that the report does not name. */
  public long ignored(String side, String reason) {
    return json.at("/ignored/" + side + "/" + reason).asLong(0);
  }

  /** The file of a list: {@code missing}, {@code differs} or {@code outcomes}. */
  public Path list(String name) {
    JsonNode file = json.at("/lists/" + name);
    assertThat(file.isTextual()).as("list %s in %s", name, json).isTrue();
    return this.file.resolveSibling(file.asText());
  }

  /** The lines of a list; none where the report names no such list. */
  public List<JsonNode> lines(String name) throws IOException {
    return json.at("/lists/" + name).isMissingNode() ? List.of() : readLines(list(name));
  }

  /** The lines of a list's file. */
  public static List<JsonNode> readLines(Path list) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(list)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  /** The paths of a list, sorted. */
  public List<String> paths(String name) throws IOException {
    return lines(name).stream().map(line -> line.path("path").asText()).sorted().toList();
  }
}

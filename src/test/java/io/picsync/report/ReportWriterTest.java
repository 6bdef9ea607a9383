package io.picsync.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.sync.Mode;
import io.picsync.sync.RunStatus;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportWriterTest {
  private static final long HUGE = 1_000_000_000_000_000L;
  private static final Report.Split SPLIT = new Report.Split(HUGE, HUGE, HUGE);
  private static final Report.Volume VOLUME = new Report.Volume(SPLIT, SPLIT);

  private final ReportWriter writer = new ReportWriter();

  private static Report report(String text) {
    Map<String, Long> ignored = new TreeMap<>();
    for (String reason :
        List.of(
            "temporary",
            "kind",
            "process",
            "excluded",
            "refused-name",
            "not-a-file",
            "unsettled")) {
      ignored.put(reason, HUGE);
    }
    String sync = "s".repeat(64);
    String run = "20261122T164543123Z-" + sync;
    Report.Side side = new Report.Side(new Report.Files(SPLIT, SPLIT, VOLUME));
    return new Report(
        Report.SCHEMA,
        run,
        sync,
        Mode.sync,
        RunStatus.incomplete,
        text,
        text,
        text,
        text,
        text,
        new Report.Patterns(text, text),
        "2026-11-22T16:45:43.123456789Z",
        "2026-11-22T16:45:43.123456789Z",
        "2026-11-22T16:45:43.123456789Z",
        "2026-11-22T16:45:43.123456789Z",
        new Report.Result(side, side, VOLUME, new Report.Differs(SPLIT, SPLIT, SPLIT)),
        new Report.Unswept(HUGE, HUGE, HUGE, "2026-11-22T16:45:43.123456789Z"),
        new Report.Transfer(
            5 * HUGE,
            HUGE,
            HUGE,
            HUGE,
            HUGE,
            HUGE,
            HUGE,
            HUGE,
            HUGE,
            123456789.123,
            HUGE,
            new Report.Verified(HUGE, HUGE, HUGE)),
        Map.of("source", ignored, "destination", ignored),
        new Report.Untrusted(
            HUGE, Collections.nCopies(5, new Report.UntrustedFolder(text, "destination", text))),
        new Report.Damaged(
            HUGE, Collections.nCopies(5, new Report.DamagedPicture(text, "zero-filled tail"))),
        HUGE,
        List.of(new Report.Alarm("source-shrunk", HUGE, HUGE, run)),
        Map.of(
            "missing", run + ".missing.jsonl.gz",
            "differs", run + ".differs.jsonl.gz",
            "outcomes", run + ".outcomes.jsonl.gz"));
  }

  private static JsonNode read(byte[] json) throws IOException {
    return new ObjectMapper().readTree(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u0001", "\"", "\u20ac", "\ud83d\udcf7", "\\"})
  void reportFitsWhateverItHasToTell(String character) throws IOException {
    byte[] json = writer.write(report(character.repeat(5000)));

    assertThat(json.length).isLessThanOrEqualTo(ReportWriter.LIMIT);
    JsonNode read = read(json);
    assertThat(read.at("/result/source/files/missing/size/raw").asLong()).isEqualTo(HUGE);
    assertThat(read.at("/ignored/destination/refused-name").asLong()).isEqualTo(HUGE);
    assertThat(read.at("/untrusted/folders").asLong()).isEqualTo(HUGE);
    assertThat(read.at("/lists/outcomes").asText()).endsWith(".outcomes.jsonl.gz");
    assertThat(read.at("/cause").asText()).startsWith(character).contains("…");
    assertThat(read.at("/cause").asText()).doesNotContain("?", "\ufffd");
  }

  @Test
  void textThatWasCutIsKnownAgain() {
    assertThat(ReportWriter.isAsTold("**/*.jpg", "**/*.jpg")).isTrue();
    assertThat(ReportWriter.isAsTold("**/*…", "**/*.jpg")).isTrue();
    assertThat(ReportWriter.isAsTold("**/*", "**/*.jpg")).isFalse();
    assertThat(ReportWriter.isAsTold("**/x…", "**/*.jpg")).isFalse();
    assertThat(ReportWriter.isAsTold("**/…jpg", "**/*.jpg")).isTrue();
    assertThat(ReportWriter.isAsTold("**/…png", "**/*.jpg")).isFalse();
  }

  @Test
  void causeKeepsWhatHappenedAndWhatToDo() throws IOException {
    String cause = "The disk is full at " + "/a/long/path".repeat(100) + ". Free some space.";
    String told = read(writer.write(report(cause))).at("/cause").asText();
    assertThat(told).startsWith("The disk is full").endsWith(". Free some space.");
    assertThat(ReportWriter.isAsTold(told, cause)).isTrue();
  }

  @Test
  void shortTextsAreToldInFull() throws IOException {
    JsonNode read = read(writer.write(report("A short cause.")));

    assertThat(read.at("/cause").asText()).isEqualTo("A short cause.");
    assertThat(read.at("/source").asText()).isEqualTo("A short cause.");
    assertThat(read.at("/untrusted/first")).hasSize(5);
  }

  @Test
  void figuresThatDoNotAddUpAreRefused() {
    assertThatThrownBy(
            () ->
                new Report.Transfer(5, 0, 2, 1, 0, 1, 0, 0, 0, 0, 0, new Report.Verified(0, 0, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not add up: planned 5");
    assertThatThrownBy(
            () ->
                new Report.Transfer(1, 0, 2, 0, 0, 0, -1, 0, 0, 0, 0, new Report.Verified(0, 0, 0)))
        .isInstanceOf(IllegalStateException.class);
  }
}

package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.picsync.compare.CaptureDay;
import io.picsync.report.Calendar;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is a gap, and what is none. */
final class GapCalendarTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int TEN_MINUTES = 600;
  private static final int LAST = 86_400 - TEN_MINUTES;

  private final NavigableMap<LocalDate, CaptureDay> days = new TreeMap<>();

  /** A camera that captures every ten minutes, day and night. */
  private void round(LocalDate from, int count) {
    for (int i = 0; i < count; i++) {
      days.put(from.plusDays(i), new CaptureDay(144, 0, TEN_MINUTES, 0, LAST, 0));
    }
  }

  private JsonNode day(LocalDate day) {
    return day(day, "");
  }

  private JsonNode day(LocalDate day, String asOf) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    new GapCalendar(new Calendar("run", asOf, Optional.empty(), days), BERLIN)
        .write(day, day, json);
    assertThat(json).hasSize(1);
    return json.get(0);
  }

  private static LocalDate march(int day) {
    return LocalDate.of(2011, 3, day);
  }

  @Test
  void wholeDayHasNoGap() {
    round(march(1), 20);
    JsonNode day = day(march(10));
    assertThat(day.path("state").asText()).isEqualTo("captured");
    assertThat(day.path("neverCaptured").asInt()).isZero();
    assertThat(day.path("expected").asInt()).isEqualTo(144);
    assertThat(day.path("intervalSeconds").asInt()).isEqualTo(TEN_MINUTES);
  }

  @Test
  void hourThatDoesNotExistIsNoGap() {
    round(march(20), 14);
    // on 2011-03-27 the clocks went from 02:00 to 03:00
    days.put(march(27), new CaptureDay(138, 0, TEN_MINUTES, 0, LAST, 6));
    assertThat(day(march(27)).path("neverCaptured").asInt()).isZero();
    assertThat(day(march(27)).path("expected").asInt()).isEqualTo(138);
    days.put(march(26), new CaptureDay(138, 0, TEN_MINUTES, 0, LAST, 6));
    assertThat(day(march(26)).path("neverCaptured").asInt()).as("on any other day").isEqualTo(6);
  }

  @Test
  void hourThatComesTwiceIsNotExpectedTwice() {
    LocalDate autumn = LocalDate.of(2011, 10, 30);
    round(autumn.minusDays(7), 14);
    assertThat(day(autumn).path("neverCaptured").asInt()).isZero();
  }

  @Test
  void dayWithoutAPictureBetweenOthersWasNeverCaptured() {
    round(march(1), 20);
    days.remove(march(10));
    JsonNode day = day(march(10));
    assertThat(day.path("state").asText()).isEqualTo("never");
    assertThat(day.path("neverCaptured").asInt()).isEqualTo(144);
  }

  @Test
  void lateBeginAndEarlyEndAreGaps() {
    round(march(1), 20);
    days.put(march(10), new CaptureDay(72, 0, TEN_MINUTES, 6 * 3600, 18 * 3600 - TEN_MINUTES, 0));
    assertThat(day(march(10)).path("neverCaptured").asInt()).isEqualTo(72);
    assertThat(day(march(10)).path("state").asText()).isEqualTo("gaps");
  }

  @Test
  void newestDayMayStillGoOn() {
    round(march(1), 20);
    days.put(march(21), new CaptureDay(72, 0, TEN_MINUTES, 0, 12 * 3600 - TEN_MINUTES, 0));
    assertThat(day(march(21)).path("neverCaptured").asInt()).isZero();
  }

  @Test
  void cameraThatFellSilentIsSeenAfterTheNewestPicture() {
    round(march(1), 20);
    JsonNode day = day(march(23), "2011-03-25T12:00:00Z");
    assertThat(day.path("state").asText()).isEqualTo("never");
  }

  @Test
  void daysThatGrowLongerAreNoGaps() {
    for (int i = 0; i < 60; i++) {
      int first = 8 * 3600 - i * 120;
      int last = 16 * 3600 + i * 120;
      days.put(
          march(1).plusDays(i),
          new CaptureDay((last - first) / TEN_MINUTES + 1, 0, TEN_MINUTES, first, last, 0));
    }
    for (int i = 10; i < 50; i++) {
      assertThat(day(march(1).plusDays(i)).path("neverCaptured").asInt()).as("day %d", i).isZero();
    }
  }

  @Test
  void everySecondPictureLostIsSeen() {
    round(march(1), 20);
    days.put(march(10), new CaptureDay(72, 0, 2 * TEN_MINUTES, 0, LAST - TEN_MINUTES, 0));
    assertThat(day(march(10)).path("neverCaptured").asInt()).isBetween(70, 72);
  }

  @Test
  void missingIsWorseThanAGap() {
    round(march(1), 20);
    days.put(march(10), new CaptureDay(140, 3, TEN_MINUTES, 0, LAST, 4));
    JsonNode day = day(march(10));
    assertThat(day.path("state").asText()).isEqualTo("missing");
    assertThat(day.path("missing").asInt()).isEqualTo(3);
    assertThat(day.path("neverCaptured").asInt()).isEqualTo(4);
  }

  @Test
  void cameraWithoutAnIntervalHasNoGaps() {
    for (int i = 0; i < 20; i++) {
      days.put(march(1).plusDays(i), new CaptureDay(5 + i, 0, 0, 30_000, 40_000, 0));
    }
    JsonNode day = day(march(10));
    assertThat(day.path("state").asText()).isEqualTo("captured");
    assertThat(day.has("expected")).isFalse();
  }
}

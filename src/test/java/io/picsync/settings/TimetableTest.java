package io.picsync.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimetableTest {
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
  private static final String KEY = "picsync.server.old.bandwidth";

  private static Timetable<String> rates(String text) {
    return Timetable.of(KEY, text, ZURICH, String::strip);
  }

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  /** 2026-11-24 is a Tuesday. */
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T06:59:59Z, unlimited",
    "2026-11-24T07:00:00Z, 2mb/s",
    "2026-11-24T16:59:59Z, 2mb/s",
    "2026-11-24T17:00:00Z, unlimited",
    "2026-11-28T10:00:00Z, 5mb/s",
    "2026-11-29T10:00:00Z, unlimited",
  })
  void firstHoursThatFitCountByTheZonesClock(String time, String value) {
    assertThat(
            rates("Mon-Fri 08:00-18:00 2MB/s, Sat 08:00-18:00 5MB/s, otherwise unlimited")
                .at(at(time)))
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T20:59:00Z, false", // Friday evening in Zurich
    "2026-11-27T21:00:00Z, true",
    "2026-11-28T04:59:00Z, true", // Saturday morning still belongs to Friday
    "2026-11-28T05:00:00Z, false",
    "2026-11-28T21:00:00Z, false",
    "2026-11-30T04:00:00Z, false", // and Monday's to Sunday, which is not meant
  })
  void hoursOverMidnightBelongToTheDayOnWhichTheyBegin(String time, boolean meant) {
    assertThat(Timetable.hours(KEY, "Mon-Fri 22:00-06:00", ZURICH).at(at(time))).isEqualTo(meant);
  }

  @Test
  void daysGoOverTheWeekend() {
    Timetable<Boolean> hours = Timetable.hours(KEY, "Sat-Mon 00:00-24:00", ZURICH);

    assertThat(hours.at(at("2026-11-27T12:00:00Z"))).isFalse();
    assertThat(hours.at(at("2026-11-28T12:00:00Z"))).isTrue();
    assertThat(hours.at(at("2026-11-30T12:00:00Z"))).isTrue();
    assertThat(hours.at(at("2026-12-01T12:00:00Z"))).isFalse();
  }

  @Test
  void nextChangeIsWhereSomethingElseIsSo() {
    Timetable<String> rates = rates("08:00-12:00 1, 12:00-18:00 1, otherwise 2");

    assertThat(rates.nextChange(at("2026-11-24T08:00:00Z"))).contains(at("2026-11-24T17:00:00Z"));
    assertThat(rates.nextChange(at("2026-11-24T17:00:00Z"))).contains(at("2026-11-25T07:00:00Z"));
    assertThat(rates("1").nextChange(at("2026-11-24T17:00:00Z"))).isEmpty();
    assertThat(
            Timetable.hours(KEY, "Sun 10:00-11:00", ZURICH).nextChange(at("2026-11-29T10:00:00Z")))
        .contains(at("2026-12-06T09:00:00Z"));
  }

  /** 02:00 to 03:00 is left out on 29 March, and comes twice on 25 October. */
  @Test
  void hourThatIsLeftOutNeverIsAndOneThatComesTwiceIsTwice() {
    Timetable<Boolean> hours = Timetable.hours(KEY, "02:00-03:00", ZURICH);

    assertThat(hours.nextChange(at("2026-03-28T12:00:00Z"))).contains(at("2026-03-30T00:00:00Z"));
    assertThat(hours.nextChange(at("2026-10-24T12:00:00Z"))).contains(at("2026-10-25T00:00:00Z"));
    assertThat(hours.nextChange(at("2026-10-25T00:00:00Z"))).contains(at("2026-10-25T02:00:00Z"));

    Timetable<Boolean> half = Timetable.hours(KEY, "02:30-04:00", ZURICH);
    assertThat(half.nextChange(at("2026-03-29T00:00:00Z"))).contains(at("2026-03-29T01:00:00Z"));
    assertThat(half.nextChange(at("2026-03-29T01:00:00Z"))).contains(at("2026-03-29T02:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8-18 1, otherwise 2            | '8-18 1' does not begin with hours",
        "08:00-18:00 1                  | a timetable ends with what is so at all other hours",
        "08:00-18:00 1, unlimited       | a timetable ends with what is so at all other hours",
        "08:00-08:00 1, otherwise 2     | '08:00-08:00 1': hours go from 00:00 to 24:00",
        "24:00-08:00 1, otherwise 2     | hours go from 00:00 to 24:00",
        "08:00-25:00 1, otherwise 2     | hours go from 00:00 to 24:00",
        "08:60-09:00 1, otherwise 2     | hours go from 00:00 to 24:00",
        "Mo 08:00-09:00 1, otherwise 2  | 'Mo 08:00-09:00 1' does not begin with hours",
      })
  void badTimetableIsRefusedWithItsKey(String text, String message) {
    assertThatThrownBy(() -> rates(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(KEY)
        .hasMessageContaining(message);
  }

  @Test
  void blackoutHoursHaveNothingBehindThem() {
    assertThatThrownBy(() -> Timetable.hours(KEY, "08:00-18:00 2MB/s", ZURICH))
        .hasMessageContaining("nothing is wanted behind the hours");
  }
}

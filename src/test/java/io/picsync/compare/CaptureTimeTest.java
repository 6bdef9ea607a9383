package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Picture;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and days of pictures, by their names. */
final class CaptureTimeTest {
  private static final long NOON =
      LocalDateTime.of(2011, 7, 14, 12, 0, 10).toEpochSecond(ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20110714120010.jpg",
        "20110714/20110714120010.jpg",
        "raw/20110714/cam-20110714120010-2.raw",
        "IMG_20110714_120010.jpg",
        "20110714-120010.jpg",
        "1234 20110714T120010.jpg"
      })
  void nameTellsTheTime(String path) {
    assertThat(CaptureTime.ofName(path)).hasValue(NOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "20110714/a.jpg",
        "20111314120010.jpg",
        "20110714250010.jpg",
        "201107141200101.jpg",
        "99999999999999.jpg",
        ""
      })
  void nameThatIsNoTimeTellsNone(String path) {
    assertThat(CaptureTime.ofName(path)).isEmpty();
  }

  @Test
  void dayIsThatOfTheNameOrElseOfTheFolder() {
    OptionalLong day = OptionalLong.of(LocalDate.of(2011, 7, 14).toEpochDay());
    assertThat(CaptureTime.day("20110713/20110714120010.jpg")).isEqualTo(day);
    assertThat(CaptureTime.day("raw/20110714/15/a.jpg")).isEqualTo(day);
    assertThat(CaptureTime.day("best/a.jpg")).isEmpty();
    assertThat(CaptureTime.day("20111399/a.jpg")).isEmpty();
  }

  private static List<Picture> every(String folder, int minutes, int count) {
    List<Picture> pictures = new ArrayList<>();
    LocalDateTime time = LocalDateTime.of(2011, 7, 14, 0, 0);
    for (int i = 0; i < count; i++) {
      LocalDateTime at = time.plusMinutes((long) i * minutes);
      String name = "%1$tY%1$tm%1$td%1$tH%1$tM%1$tS.jpg".formatted(at);
      pictures.add(new Picture(folder, name, 100, null));
    }
    return pictures;
  }

  @Test
  void daysAreCountedWithTheirIntervalAndHoles() {
    List<Picture> pictures = every("20110714", 10, 144);
    pictures.subList(30, 36).clear();
    CaptureDays days = new CaptureDays();
    days.add("20110714", pictures, pictures.subList(0, 2));
    assertThat(days.days().values()).containsExactly(new CaptureDay(138, 2, 600, 0, 85_800, 6));
    assertThat(days.oldestMissing().orElseThrow().path()).isEqualTo("20110714/20110714000000.jpg");
    days.settle("20110714/20110714000000.jpg");
    days.settle("20110714/20110714001000.jpg");
    assertThat(days.days().values()).allMatch(day -> day.missing() == 0);
    assertThat(days.oldestMissing()).isEmpty();
  }

  @Test
  void rawPicturesBesideTheOthersAreTheSameCaptures() {
    CaptureDays days = new CaptureDays();
    days.add("20110714", every("20110714", 10, 144), List.of());
    List<Picture> raw = every("raw/20110714", 10, 144);
    days.add("raw/20110714", raw, raw);
    assertThat(days.days().values()).containsExactly(new CaptureDay(144, 144, 600, 0, 85_800, 0));
  }

  @Test
  void hourFoldersAreOneDay() {
    CaptureDays days = new CaptureDays();
    List<Picture> all = every("x", 10, 144);
    for (int hour = 0; hour < 24; hour++) {
      List<Picture> pictures = new ArrayList<>();
      for (Picture picture : all.subList(hour * 6, hour * 6 + 6)) {
        pictures.add(new Picture("20110714/" + hour, picture.name(), 100, null));
      }
      days.add("20110714/" + hour, pictures, List.of());
    }
    assertThat(days.days().values()).containsExactly(new CaptureDay(144, 0, 600, 0, 85_800, 0));
  }

  @Test
  void picturesAtRandomTimesHaveNoInterval() {
    long[] times = {0, 7, 300, 4000, 4100, 20_000, 21_111, 60_000};
    assertThat(CaptureDay.of(times, 0, times.length).interval()).isZero();
  }
}

package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadBackSampleTest {
  private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  /** A picture a minute for a week. */
  private static final List<Location> PICTURES =
      IntStream.range(0, 10_080)
          .mapToObj(LocalDateTime.of(2011, 7, 14, 0, 0)::plusMinutes)
          .map(NAME::format)
          .map(time -> new Location("source1/pictures", time.substring(0, 8) + "/" + time + ".jpg"))
          .toList();

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0.001, 2, 25", "0.01, 70, 135", "0.5, 4800, 5280", "1, 10080, 10080"})
  void shareOfPicturesThatCountUpByTheMinuteIsTaken(double share, long least, long most) {
    ReadBackSample sample = new ReadBackSample(share);

    assertThat(PICTURES.stream().filter(sample::holds).count()).isBetween(least, most);
  }

  /** Their hashes lie as close as their numbers. */
  @Test
  void namesThatOnlyCountUpAreTakenInTheirShareToo() {
    ReadBackSample sample = new ReadBackSample(0.1);

    assertThat(
            IntStream.range(1000, 2000)
                .mapToObj(number -> new Location("", Integer.toString(number)))
                .filter(sample::holds))
        .hasSizeBetween(60, 140);
  }

  @Test
  void pictureOfTheSampleIsSoAtEveryFurtherTry() {
    ReadBackSample sample = new ReadBackSample(0.01);
    List<Location> taken = PICTURES.stream().filter(sample::holds).toList();

    assertThat(PICTURES.stream().filter(new ReadBackSample(0.01)::holds)).isEqualTo(taken);
    assertThat(taken).allMatch(new ReadBackSample(0.02)::holds);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void whatIsNoShareIsRefused(double share) {
    assertThatThrownBy(() -> new ReadBackSample(share))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

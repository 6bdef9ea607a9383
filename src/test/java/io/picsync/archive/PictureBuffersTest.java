package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PictureBuffersTest {
  private final PictureBuffers buffers = new PictureBuffers();

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 16_383, 16_384, 16_385, 65_536, 65_537, 3_500_000, 8_388_608, 20_000_001})
  void anArrayHoldsThePictureAndIsAtMostAnEighthLarger(int size) {
    assertThat(buffers.take(size).length).isBetween(size, size + size / 8);
  }

  @Test
  void whatWasGivenBackIsLentOnceToAPictureOfLikeSize() {
    byte[] array = buffers.take(100_000);
    buffers.give(array);

    assertThat(buffers.take(140_000)).isNotSameAs(array);
    assertThat(buffers.take(99_000)).isSameAs(array);
    assertThat(buffers.take(99_000)).isNotSameAs(array);
  }

  @Test
  void whatIsTiniestIsNotKept() {
    byte[] array = buffers.take(1000);
    buffers.give(array);

    assertThat(buffers.take(1000)).isNotSameAs(array);
  }
}

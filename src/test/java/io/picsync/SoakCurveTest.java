package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SoakCurveTest {
  private static final int SAMPLES = 40;

  private static SoakCurve curve(int samples, IntToLongFunction value) {
    Iterator<Long> values = IntStream.range(0, samples).mapToObj(value::applyAsLong).iterator();
    SoakCurve curve = new SoakCurve("heap", samples, 100, values::next);
    for (int i = 0; i < samples; i++) {
      curve.sample();
    }
    return curve;
  }

  @Test
  void curveThatRisesWhileAllWarmsUpIsFlat() {
    assertThat(curve(SAMPLES, i -> Math.min(i, 8) * 1000L).isFlat()).isTrue();
  }

  @Test
  void curveThatRisesToTheEndIsNot() {
    assertThat(curve(SAMPLES, i -> i * 10L).isFlat()).isFalse();
    assertThat(curve(SAMPLES, i -> i * 10L))
        .hasToString("heap         from 150 to 350, growth 200 of at most 100: GROWS");
  }

  @Test
  void singlePeaksAreNoise() {
    assertThat(curve(SAMPLES, i -> i == 35 ? 1_000_000 : 50).isFlat()).isTrue();
  }

  @Test
  void fewSamplesTellNothing() {
    assertThatThrownBy(() -> curve(5, i -> 1).isFlat()).hasMessageContaining("5 samples");
  }
}

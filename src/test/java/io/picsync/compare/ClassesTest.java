package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ClassesTest {
  private static final Tally ONE = new Tally(1, 0, 1, 10, 0, 10);
  private static final Tally OTHER = new Tally(0, 1, 1, 0, 7, 7);
  private static final Tally BOTH = ONE.plus(OTHER);

  @Test
  void figuresThatAddUpAreTaken() {
    Classes classes = new Classes(BOTH, ONE, ONE, Tally.NONE, Tally.NONE, OTHER, Tally.NONE);

    assertThat(classes.plus(Classes.NONE)).isEqualTo(classes);
    assertThat(classes.plus(classes).source()).isEqualTo(BOTH.plus(BOTH));
  }

  @Test
  void figuresThatDoNotAddUpAreRefused() {
    assertRefused(BOTH, ONE, ONE, Tally.NONE, Tally.NONE);
    assertRefused(ONE, BOTH, ONE, Tally.NONE, Tally.NONE);
    assertRefused(ONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE);
    assertRefused(BOTH, BOTH, ONE, Tally.NONE, OTHER);
  }

  @Test
  void kindsAndBytesMustAddUpToo() {
    assertRefused(ONE, OTHER, ONE, Tally.NONE, Tally.NONE);
    assertRefused(ONE, new Tally(1, 0, 1, 11, 0, 11), ONE, Tally.NONE, Tally.NONE);
  }

  private static void assertRefused(
      Tally source, Tally destination, Tally intersect, Tally missing, Tally missingInSource) {
    assertThatThrownBy(
            () ->
                new Classes(
                    source,
                    destination,
                    intersect,
                    Tally.NONE,
                    Tally.NONE,
                    missing,
                    missingInSource))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not add up");
  }
}

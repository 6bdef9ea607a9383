package io.picsync;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Something that must not grow however many runs there were, looked at again and again. Not
 * thread-safe.
 */
final class SoakCurve {
  /** With fewer samples a quarter is no sample of anything. */
  static final int LEAST_SAMPLES = 12;

  private final String name;
  private final LongSupplier now;
  private final long mayGrow;
  private final long[] samples;
  private int count;

  /**
   * @param mayGrow what is noise
   */
  SoakCurve(String name, int samples, long mayGrow, LongSupplier now) {
    this.name = name;
    this.now = now;
    this.mayGrow = mayGrow;
    this.samples = new long[samples];
  }

  String name() {
    return name;
  }

  long sample() {
    long value = now.getAsLong();
    samples[count++] = value;
    return value;
  }

  /** From the second quarter of the samples, when all is warm, to the last one. */
  long growth() {
    return median(3 * count / 4, count) - median(count / 4, count / 2);
  }

  boolean isFlat() {
    if (count < LEAST_SAMPLES) {
      throw new IllegalStateException(
          "%s: %d samples tell nothing, %d are wanted".formatted(name, count, LEAST_SAMPLES));
    }
    return growth() <= mayGrow;
  }

  private long median(int from, int to) {
    long[] part = Arrays.copyOfRange(samples, from, to);
    Arrays.sort(part);
    return part[part.length / 2];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-12s from %,d to %,d, growth %,d of at most %,d: %s",
        name,
        median(count / 4, count / 2),
        median(3 * count / 4, count),
        growth(),
        mayGrow,
        isFlat() ? "flat" : "GROWS");
  }
}

package io.picsync.compare;

import java.util.Arrays;

/**
 * What both archives hold of one day. Immutable. Seconds count from the day's midnight.
 *
 * @param captured capture times that either side has a picture of; where several trees hold the day
 *     (raw pictures beside the others), of the fullest
 * @param missing pictures at the source that the destination lacks, of all trees
 * @param interval the usual seconds between two captures; 0 where there is none to tell
 * @param first second of the first capture; of the last
 * @param holes captures that the interval expects between the first and the last and that neither
 *     side has
 */
public record CaptureDay(int captured, int missing, int interval, int first, int last, int holes) {
  static final CaptureDay NONE = new CaptureDay(0, 0, 0, CaptureTime.DAY, 0, 0);

  /** Of so many gaps at least one half must be about the usual one, or there is no usual one. */
  private static final double ABOUT = 0.25;

  /**
   * @param times of the day, sorted
   */
  static CaptureDay of(long[] times, int from, int to) {
    int captured = 1;
    long[] gaps = new long[to - from];
    for (int i = from + 1; i < to; i++) {
      if (times[i] != times[i - 1]) {
        gaps[captured++ - 1] = times[i] - times[i - 1];
      }
    }
    gaps = Arrays.copyOf(gaps, captured - 1);
    int interval = usual(gaps);
    int holes = 0;
    for (long gap : gaps) {
      holes += interval == 0 ? 0 : (int) (Math.round((double) gap / interval) - 1);
    }
    return new CaptureDay(
        captured,
        0,
        interval,
        (int) Math.floorMod(times[from], (long) CaptureTime.DAY),
        (int) Math.floorMod(times[to - 1], (long) CaptureTime.DAY),
        Math.max(0, holes));
  }

  private static int usual(long[] gaps) {
    if (gaps.length < 3) {
      return 0;
    }
    long[] sorted = gaps.clone();
    Arrays.sort(sorted);
    long median = sorted[sorted.length / 2];
    long about =
        Arrays.stream(gaps).filter(gap -> Math.abs(gap - median) <= median * ABOUT).count();
    return about * 2 >= gaps.length ? (int) median : 0;
  }

  CaptureDay withMissing(int more) {
    return new CaptureDay(captured, Math.max(0, missing + more), interval, first, last, holes);
  }

  /** With other folders of the same tree: hours, say. What lies between them is no hole. */
  CaptureDay plus(CaptureDay other) {
    boolean rather = other.captured > captured;
    return new CaptureDay(
        captured + other.captured,
        missing + other.missing,
        rather ? other.interval : interval,
        Math.min(first, other.first),
        Math.max(last, other.last),
        holes + other.holes);
  }

  /** Beside another tree that holds the same day. */
  CaptureDay beside(CaptureDay other) {
    return other.captured > captured ? other.withMissing(missing) : withMissing(other.missing);
  }
}

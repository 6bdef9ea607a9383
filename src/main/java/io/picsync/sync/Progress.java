package io.picsync.sync;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Figures of a run that move while it runs. Thread-safe; a reader may be a moment behind. */
public final class Progress {
  private final LongAdder folders = new LongAdder();
  private final LongAdder compared = new LongAdder();
  private final LongAdder missing = new LongAdder();
  private final LongAdder missingBytes = new LongAdder();
  private final LongAdder done = new LongAdder();
  private final LongAdder settled = new LongAdder();
  private final LongAdder doneBytes = new LongAdder();
  private final AtomicReference<String> oldestMissing = new AtomicReference<>("");
  private final AtomicReference<String> oldestLeft = new AtomicReference<>("");
  private volatile long transferBegan;

  private final Totals totals;

  /**
   * @param totals of the sync, to which all is added
   */
  Progress(Totals totals) {
    this.totals = totals;
  }

  /** A folder was compared on both sides. */
  public void compared(long pictures, long missingPictures, long bytes) {
    folders.increment();
    compared.add(pictures);
    totals.compared(pictures);
    missing.add(missingPictures);
    missingBytes.add(bytes);
  }

  /** A picture is at the source and absent at the destination. */
  public void missing(String path) {
    oldestMissing.accumulateAndGet(path, Progress::older);
  }

  /** A planned picture is left: it has no outcome, or one with which the destination lacks it. */
  public void left(String path) {
    oldestLeft.accumulateAndGet(path, Progress::older);
  }

  /** By the names, which hold the capture time, whatever folder they are in. */
  private static String older(String one, String other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    int order = name(one).compareTo(name(other));
    return order < 0 || (order == 0 && one.compareTo(other) <= 0) ? one : other;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The oldest picture that the destination lacks, empty for none. While a transfer goes on, of
   * those that were found missing or, once one was left, of those left.
   */
  public String oldestMissing() {
    if (stillMissing() == 0) {
      return "";
    }
    String left = String.valueOf(oldestLeft.get());
    return left.isEmpty() ? String.valueOf(oldestMissing.get()) : left;
  }

  public void transferBegins() {
    transferBegan = System.nanoTime();
  }

  /**
   * A planned picture has its outcome.
   *
   * @param bytes that were stored
   * @param stillMissing whether the destination lacks it all the same
   */
  public void done(long bytes, boolean stillMissing) {
    done.increment();
    doneBytes.add(bytes);
    totals.stored(bytes);
    if (!stillMissing) {
      settled.increment();
    }
  }

  public long folders() {
    return folders.sum();
  }

  /** Pictures of both sides. */
  public long pictures() {
    return compared.sum();
  }

  public long missing() {
    return missing.sum();
  }

  public long missingBytes() {
    return missingBytes.sum();
  }

  /** Pictures that the destination lacks now. */
  public long stillMissing() {
    return missing.sum() - settled.sum();
  }

  public long done() {
    return done.sum();
  }

  public long doneBytes() {
    return doneBytes.sum();
  }

  /** Bytes per second since the first transfer began; 0 before. */
  public long rate() {
    double seconds = transferBegan == 0 ? 0 : (System.nanoTime() - transferBegan) / 1e9;
    return seconds < 0.001 ? 0 : (long) (doneBytes.sum() / seconds);
  }

  /** Time to go at the rate so far; zero while there is none. */
  public Duration eta() {
    long rate = rate();
    return rate == 0
        ? Duration.ZERO
        : Duration.ofSeconds(Math.max(0, missingBytes.sum() - doneBytes.sum()) / rate);
  }
}

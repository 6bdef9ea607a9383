package io.picsync.sync;

import java.time.Duration;
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
  private volatile long transferBegan;

  /** A folder was compared on both sides. */
  public void compared(long pictures, long missingPictures, long bytes) {
    folders.increment();
    compared.add(pictures);
    missing.add(missingPictures);
    missingBytes.add(bytes);
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

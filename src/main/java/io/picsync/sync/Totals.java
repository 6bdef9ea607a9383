package io.picsync.sync;

import java.util.concurrent.atomic.LongAdder;

/**
 * Figures of a sync over all its runs since the start of the runtime; they only grow. Thread-safe.
 */
public final class Totals {
  private final LongAdder folders = new LongAdder();
  private final LongAdder pictures = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void compared(long comparedPictures) {
    folders.increment();
    pictures.add(comparedPictures);
  }

  void stored(long storedBytes) {
    bytes.add(storedBytes);
  }

  /** Compared on both sides. */
  public long folders() {
    return folders.sum();
  }

  /** Compared, of both sides. */
  public long pictures() {
    return pictures.sum();
  }

  /** Stored at the destination. */
  public long bytes() {
    return bytes.sum();
  }
}

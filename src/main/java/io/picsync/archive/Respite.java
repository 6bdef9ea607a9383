package io.picsync.archive;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Something that a server failed at and is not asked of it for a while: ten minutes at first, then
 * four times as long each time, at most a day. So a server that was busy, or is mended, is used in
 * full again without a restart. The log tells each time once. Thread-safe.
 */
public final class Respite {
  private static final Logger LOG = LoggerFactory.getLogger(Respite.class);
  private static final Duration FIRST = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int GROWTH = 4;

  private final String server;
  private final Level level;
  private final String meanwhile;
  private final LongSupplier nanoTime;
  private Duration next = FIRST;
  private boolean begun;
  private long end;

  /**
   * @param level at which the log tells that it begins
   * @param meanwhile what is done without it, a sentence for people
   * @param nanoTime as {@link System#nanoTime}
   */
  public Respite(String server, Level level, String meanwhile, LongSupplier nanoTime) {
    this.server = server;
    this.level = level;
    this.meanwhile = meanwhile;
    this.nanoTime = nanoTime;
  }

  /** Whether it may be asked: true until the first failure. */
  public synchronized boolean isOver() {
    return !begun || nanoTime.getAsLong() - end >= 0;
  }

  /** It failed. Changes nothing while it is not asked anyway: another session failed first then. */
  public void begin(Object why) {
    Duration length;
    synchronized (this) {
      if (!isOver()) {
        return;
      }
      length = next;
      begun = true;
      end = nanoTime.getAsLong() + length.toNanos();
      Duration longer = length.multipliedBy(GROWTH);
      next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
    LOG.atLevel(level)
        .log("{} server={} minutes={} why={}", meanwhile, server, length.toMinutes(), why);
  }
}

package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections a server takes: as many as configured, until it refuses one while others are
 * open; then those. One more is tried after a minute, and later and later while the server goes on
 * refusing it. Thread-safe.
 */
final class Limit {
  private static final Logger LOG = LoggerFactory.getLogger(Limit.class);
  private static final Duration GROW_AFTER = Duration.ofMinutes(1);
  private static final Duration GROW_AFTER_AT_MOST = Duration.ofMinutes(15);

  private final String server;
  private int configured;
  private int bearable;
  private final Places places;
  private final LongSupplier nanoTime;
  private int allowed;

  /** What the server is known to take; more are a try. */
  private int known;

  private long changed;
  private Duration growAfter = GROW_AFTER;

  /**
   * @param places made for as many places as configured
   */
  Limit(String server, int configured, Places places, LongSupplier nanoTime) {
    this.server = server;
    this.configured = configured;
    this.places = places;
    this.nanoTime = nanoTime;
    this.allowed = configured;
    this.known = configured;
    this.bearable = Integer.MAX_VALUE;
  }

  /** The most at once just now. */
  synchronized int places() {
    return Math.min(allowed, bearable);
  }

  /** The most that are wanted. */
  synchronized int configured() {
    return configured;
  }

  /** Another wish: what the server was found to take less than before is tried anew. */
  synchronized void configure(int connections) {
    configured = connections;
    known = connections;
    allowed = connections;
    growAfter = GROW_AFTER;
    changed = nanoTime.getAsLong();
    apply();
  }

  /** The server refused a connection beside those that are open. */
  synchronized void refused(int open, ArchiveException why) {
    changed = nanoTime.getAsLong();
    if (open >= allowed) {
      return;
    }
    if (allowed > known) {
      growAfter = min(growAfter.multipliedBy(2), GROW_AFTER_AT_MOST);
    }
    if (open < known) {
      known = open;
      growAfter = GROW_AFTER;
      LOG.warn(
          "The server refuses a further connection; going on with those open. server={} connections={} why={}",
          server,
          open,
          why.getMessage());
    }
    allowed = open;
    apply();
  }

  /** That many are open now. */
  synchronized void taken(int open) {
    if (open > known && allowed > known) {
      known = open;
      growAfter = GROW_AFTER;
      LOG.info("The server takes more connections again. server={} connections={}", server, open);
    }
  }

  /** Allows one more when it is time for a try. */
  synchronized void grow() {
    if (allowed < configured && nanoTime.getAsLong() - changed > growAfter.toNanos()) {
      allowed++;
      changed = nanoTime.getAsLong();
      apply();
    }
  }

  /** No more at once for now, because the server is busy. */
  synchronized void bear(int connections) {
    if (connections != bearable) {
      bearable = connections;
      apply();
    }
  }

  private void apply() {
    places.limit(Math.min(allowed, bearable));
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

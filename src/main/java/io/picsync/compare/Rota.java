package io.picsync.compare;

import io.picsync.sync.SyncOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a sync with {@code sweep} knows of its day folders from the runs before: when each was
 * compared last, and what it held. Kept in memory alone, so the first run after a start compares
 * everything. Thread-safe.
 */
final class Rota {
  /**
   * A day folder with all below it.
   *
   * @param compared when the run began that compared it
   * @param source pictures at the source then
   * @param settled whether nothing about it was left to do or to tell
   */
  record Day(Instant compared, long source, long destination, boolean settled) {}

  private final SyncOptions options;
  private final Map<String, Day> days = new ConcurrentHashMap<>();
  private @Nullable Instant lastBegun;

  Rota(SyncOptions options) {
    this.options = options;
  }

  /** Whether what it knows is of the same archives and the same pictures. */
  boolean isOf(SyncOptions other) {
    return options.equals(other);
  }

  Duration sweep() {
    return options.sweep();
  }

  Map<String, Day> days() {
    return days;
  }

  /** A run's turn. The next run is expected as long after it as it comes after the last one. */
  synchronized Turn begin(Instant now) {
    Duration interval = lastBegun == null ? Duration.ZERO : Duration.between(lastBegun, now);
    lastBegun = now;
    return new Turn(this, now, interval);
  }
}

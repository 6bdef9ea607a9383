package io.picsync.compare;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Folders that a run did not compare, because their turn has not come. They are in none of the
 * run's figures.
 *
 * @param source pictures that the source had when they were compared last
 * @param oldest when the first of them was compared last; null for no folder
 */
public record LeftOut(long folders, long source, long destination, @Nullable Instant oldest) {
  static final LeftOut NOTHING = new LeftOut(0, 0, 0, null);

  LeftOut plus(Rota.Day day) {
    boolean older = oldest == null || day.compared().isBefore(oldest);
    return new LeftOut(
        folders + 1,
        source + day.source(),
        destination + day.destination(),
        older ? day.compared() : oldest);
  }
}

package io.picsync.archive;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file as a listing told it.
 *
 * @param folder relative to the archive, empty for the archive's own folder
 * @param name as the server spells it; never a refused one (see {@link Listing.Trusted})
 * @param size in bytes
 * @param modified in UTC, null where the server tells none that can be trusted (LIST knows neither
 *     zone nor seconds)
 */
public record Picture(String folder, String name, long size, @Nullable Instant modified) {
  public Picture {
    if (size < 0) {
      throw new IllegalArgumentException("A picture's size can't be " + size + ": " + name);
    }
  }

  /** Relative to the archive. */
  public String path() {
    return Location.join(folder, name);
  }
}

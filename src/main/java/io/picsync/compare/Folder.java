package io.picsync.compare;

import org.jspecify.annotations.Nullable;

/**
 * A folder to compare; what one side's trusted listing of the parent lacks is not listed there.
 *
 * @param path relative to both archives, empty for the archives themselves
 * @param unknown why nobody knows what a side has here that is not listed, null where it is known
 *     to have nothing
 * @param above what the folders above it were like, null for the archives themselves
 */
public record Folder(
    String path,
    boolean atSource,
    boolean atDestination,
    @Nullable String unknown,
    @Nullable Above above) {

  Folder(String path, boolean atSource, boolean atDestination) {
    this(path, atSource, atDestination, null, null);
  }
}

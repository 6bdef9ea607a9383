package io.picsync.archive.sftp;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells of a file; any of it may be left out.
 *
 * @param size in bytes, -1 for not told
 * @param mode with the POSIX file type in it, -1 for not told
 * @param modified to the second, in UTC
 */
record Attributes(long size, int mode, @Nullable Instant modified) {
  static final Attributes NONE = new Attributes(-1, -1, null);

  private static final int TYPE = 0170000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;

  boolean isFolder() {
    return mode != -1 && (mode & TYPE) == FOLDER;
  }

  boolean isFile() {
    return mode != -1 && (mode & TYPE) == FILE;
  }

  /** Whether it can be told what this is, and of a file how long. */
  boolean isComplete() {
    return mode != -1 && (mode & TYPE) != 0 && (size >= 0 || !isFile());
  }
}

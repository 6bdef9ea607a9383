package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/**
 * The destination's disk or quota is full (ENOSPC, 452, 552). Ends the run: more tries only hurt.
 */
public final class NoSpaceException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public NoSpaceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public NoSpaceException(String message) {
    this(message, null);
  }
}

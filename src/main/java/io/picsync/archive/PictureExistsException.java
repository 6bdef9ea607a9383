package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/** The destination holds another picture of that path. Never replaced, not retried. */
public final class PictureExistsException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public PictureExistsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public PictureExistsException(String message) {
    this(message, null);
  }
}

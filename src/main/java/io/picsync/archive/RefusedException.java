package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/** The server said no to this path (permission, name, protocol). Not retried. */
public final class RefusedException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public RefusedException(String message) {
    this(message, null);
  }
}

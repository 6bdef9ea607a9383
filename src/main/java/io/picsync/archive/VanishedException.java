package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/** The picture was listed and is no longer there. Not retried; counted as vanished. */
public final class VanishedException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public VanishedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public VanishedException(String message) {
    this(message, null);
  }
}

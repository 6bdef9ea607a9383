package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/** The run was cancelled while bytes moved. Not retried. */
public final class CancelledException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public CancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public CancelledException(String message) {
    this(message, null);
  }
}

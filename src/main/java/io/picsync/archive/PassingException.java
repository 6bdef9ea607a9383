package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/** A failure that may pass: a broken connection, a timeout, a 4yz reply. Retried with backoff. */
public final class PassingException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public PassingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public PassingException(String message) {
    this(message, null);
  }
}

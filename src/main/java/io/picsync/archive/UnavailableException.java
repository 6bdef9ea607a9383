package io.picsync.archive;

import org.jspecify.annotations.Nullable;

/**
 * The server can't be reached or refuses the login. Ends the run: every other path would fail
 * alike.
 */
public final class UnavailableException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public UnavailableException(String message) {
    this(message, null);
  }
}

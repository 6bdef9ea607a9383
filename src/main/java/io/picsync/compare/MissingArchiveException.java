package io.picsync.compare;

/** An archive that a run needs is not there. Ends the run; the operator has to act. */
public final class MissingArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingArchiveException(String message) {
    super(message);
  }
}

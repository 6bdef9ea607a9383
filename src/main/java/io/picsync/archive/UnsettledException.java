package io.picsync.archive;

/**
 * The picture may still be being written at its source. Not retried within the run: the next one
 * compares again.
 */
public final class UnsettledException extends ArchiveException {
  private static final long serialVersionUID = 1L;

  public UnsettledException(String message) {
    super(message, null);
  }
}

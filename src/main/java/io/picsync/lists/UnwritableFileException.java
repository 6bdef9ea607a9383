package io.picsync.lists;

import java.io.IOException;
import java.nio.file.Path;

/** A report or list that can't be written; the message says which and why. Not retried. */
public final class UnwritableFileException extends IOException {
  private static final long serialVersionUID = 1L;

  UnwritableFileException(Path file, IOException cause) {
    super("The file %s can't be written: %s.".formatted(file, cause.getMessage()), cause);
  }
}

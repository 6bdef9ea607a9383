package io.picsync.archive.ftp;

import java.io.IOException;

/** The port that a server had told beforehand takes no connection any more. */
final class ClosedPortException extends IOException {
  private static final long serialVersionUID = 1L;

  ClosedPortException(IOException cause) {
    super("the port for the data connection is closed: " + cause.getMessage(), cause);
  }
}

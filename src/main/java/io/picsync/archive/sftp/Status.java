package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Names;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import java.util.Locale;

/**
 * The server's SSH_FX_* word on a request. Codes above 8 belong to later versions, yet some servers
 * send them in version 3 too.
 *
 * @param words the server's own, made harmless for a log
 */
record Status(int code, String words) {
  static final int OK = 0;
  static final int EOF = 1;
  static final int NO_SUCH_FILE = 2;
  static final int PERMISSION_DENIED = 3;
  static final int FAILURE = 4;
  static final int NO_CONNECTION = 6;
  static final int CONNECTION_LOST = 7;
  static final int UNSUPPORTED = 8;
  static final int NO_SUCH_PATH = 10;
  static final int NO_SPACE = 14;
  static final int QUOTA_EXCEEDED = 15;

  private static final String[] NAMES = {
    "ok",
    "end of file",
    "no such file",
    "permission denied",
    "failure",
    "bad message",
    "no connection",
    "connection lost",
    "operation unsupported"
  };

  Status(int code, String words) {
    this.code = code;
    this.words = Names.printable(words);
  }

  boolean isOk() {
    return code == OK;
  }

  /** OpenSSH says so for a file in a folder's place too. */
  boolean saysMissing() {
    return code == NO_SUCH_FILE || code == NO_SUCH_PATH;
  }

  boolean saysNoSpace() {
    String lower = words.toLowerCase(Locale.ROOT);
    return code == NO_SPACE
        || code == QUOTA_EXCEEDED
        || lower.contains("no space")
        || lower.contains("disk full")
        || lower.contains("quota");
  }

  /** The kind of failure; a plain "failure" may pass, for servers say it of busy files too. */
  ArchiveException failure(String says) {
    if (saysNoSpace()) {
      return new NoSpaceException(says + " Free some space there; the next run goes on.");
    }
    return code == FAILURE || code == NO_CONNECTION || code == CONNECTION_LOST
        ? new PassingException(says)
        : new RefusedException(says);
  }

  /** {@code permission denied}, with the server's words where they say more. */
  @Override
  public String toString() {
    String name = code >= 0 && code < NAMES.length ? NAMES[code] : "status " + code;
    return words.isEmpty() || words.equalsIgnoreCase(name) ? name : name + " (" + words + ")";
  }
}

package io.picsync.archive.pool;

import java.net.SocketTimeoutException;

/** How a server failed a call. */
enum Failure {
  /** It can't be reached, or refuses the login. */
  UNREACHABLE(4),
  /** It takes no connection now, though none is open. */
  REFUSED(1),
  /** It kept silent until the timeout. */
  STALLED(4),
  /** The connection broke. */
  BROKEN(1);

  final int weight;

  Failure(int weight) {
    this.weight = weight;
  }

  static Failure of(Throwable broken) {
    for (Throwable e = broken; e != null; e = e.getCause()) {
      if (e instanceof SocketTimeoutException) {
        return STALLED;
      }
    }
    return BROKEN;
  }
}

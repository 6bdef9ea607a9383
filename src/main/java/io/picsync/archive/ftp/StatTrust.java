package io.picsync.archive.ftp;

import io.picsync.archive.Respite;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Whether a server's STAT may stand in for its LIST: once it told of a folder the same as LIST, and
 * until it fails. Thread-safe.
 */
final class StatTrust {
  private static final Logger LOG = LoggerFactory.getLogger(StatTrust.class);

  /** Folders that are compared: one may change between LIST and STAT. */
  private static final int TRIES = 3;

  private final String server;
  private final Respite untrusted;
  private boolean alike;
  private int tries;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  StatTrust(String server, LongSupplier nanoTime) {
    this.server = server;
    this.untrusted =
        new Respite(
            server,
            Level.INFO,
            "Folders are listed by LIST and not by STAT, for a while.",
            nanoTime);
  }

  synchronized boolean isTrusted() {
    return alike;
  }

  /** Whether a folder that LIST told is to be asked by STAT too; counts as one of the tries. */
  synchronized boolean mayTry() {
    if (alike || !untrusted.isOver() || tries == TRIES) {
      return false;
    }
    tries++;
    return true;
  }

  /** A folder was told by both. */
  synchronized void compared(boolean same) {
    if (same && untrusted.isOver()) {
      alike = true;
      LOG.debug("Folders are listed by STAT, which tells the same as LIST. server={}", server);
    } else if (!same && !alike && tries == TRIES) {
      fails("STAT tells other entries than LIST");
    }
  }

  /** LIST is asked again from now on, and for a while nothing else. */
  synchronized void fails(String why) {
    alike = false;
    tries = 0;
    untrusted.begin(why);
  }
}

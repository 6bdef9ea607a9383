package io.picsync.archive.sftp;

import io.picsync.archive.Respite;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.event.Level;

/**
 * Which digest to ask a server for by check-file-name, shared by its sessions: the best first, the
 * next one where that is refused, and none for a while after the last. Thread-safe.
 */
final class CheckFile {
  /** As draft-ietf-secsh-filexfer-extensions-00 spells them. */
  private static final List<String> ALGORITHMS = List.of("sha256", "sha1", "md5");

  private final Respite respite;
  private int next;

  CheckFile(String server, LongSupplier nanoTime) {
    this.respite =
        new Respite(
            server,
            Level.WARN,
            "The server tells no digests; for a while pictures are verified by their size.",
            nanoTime);
  }

  synchronized Optional<String> algorithm() {
    return respite.isOver() ? Optional.of(ALGORITHMS.get(next)) : Optional.empty();
  }

  /** The server told no digest of this kind, though it offered to. */
  synchronized void refused(String algorithm, Object why) {
    if (!respite.isOver() || !ALGORITHMS.get(next).equals(algorithm)) {
      return; // another session was refused first
    }
    next = (next + 1) % ALGORITHMS.size();
    if (next == 0) {
      respite.begin(why);
    }
  }
}

package io.picsync.archive.sftp;

import java.nio.file.Path;

/** Which host keys of a server are believed to be its own. */
sealed interface HostKeyTrust {
  /**
   * Those that an OpenSSH known_hosts file holds for it, hashed names included.
   *
   * @param file read at each connection; a missing one holds none
   */
  record KnownHosts(Path file) implements HostKeyTrust {}

  /**
   * The one with this fingerprint.
   *
   * @param fingerprint {@code SHA256:} and Base64 without padding, as ssh-keygen -l tells it
   */
  record Pinned(String fingerprint) implements HostKeyTrust {}

  /** Any: the operator wrote {@code host-key=unverified}. */
  record Unverified() implements HostKeyTrust {}
}

package io.picsync.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keys made by ssh-keygen for one server and its user.
 *
 * @param host the server's private key; the public one lies beside it
 * @param user the user's private key
 * @param authorized the user's public key, as sshd wants to see it
 */
record SshKeys(Path host, Path user, Path authorized) {
  static SshKeys make(Path folder, String userType, String passphrase) throws IOException {
    Path host = generate(folder.resolve("host"), "ed25519", "");
    Path user = generate(folder.resolve("user"), userType, passphrase);
    return new SshKeys(host, user, folder.resolve("user.pub"));
  }

  /** {@code ssh-ed25519 AAAA…}. */
  String hostKey() throws IOException {
    String[] words = Files.readString(host.resolveSibling("host.pub")).split(" ");
    return words[0] + " " + words[1].strip();
  }

  private static Path generate(Path file, String type, String passphrase) throws IOException {
    Daemon.run(
        Daemon.program("ssh-keygen").toString(),
        "-q",
        "-t",
        type,
        "-N",
        passphrase,
        "-C",
        "picsync tests",
        "-f",
        file.toString());
    return file;
  }
}

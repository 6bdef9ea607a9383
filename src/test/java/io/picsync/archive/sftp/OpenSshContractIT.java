package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contract on OpenSSH's own sshd, with a key, a known-hosts file and one session a connection.
 */
@RequiresDaemon("sshd")
final class OpenSshContractIT extends ArchiveServerContract {
  private @Nullable OpenSshServer sshd;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    OpenSshServer started = OpenSshServer.at(folder).maxSessions(1).start();
    sshd = started;
    Path known = Files.writeString(folder.resolveSibling("known_hosts"), started.knownHost());
    return OpenServers.x(
        "uri", started.uri(),
        "username", started.user(),
        "private-key", started.privateKey().toString(),
        "known-hosts", known.toString(),
        "connections", Integer.toString(CONNECTIONS));
  }

  @Override
  protected void stop() throws IOException {
    Objects.requireNonNull(sshd).close();
  }

  @Override
  protected void handOver() throws IOException {
    Objects.requireNonNull(sshd).handOver();
  }

  @Override
  protected boolean mayAll() {
    return false;
  }
}

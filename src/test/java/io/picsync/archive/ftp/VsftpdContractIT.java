package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The real vsftpd: LIST only, MDTM sets times, RNTO replaces. */
@RequiresDaemon("vsftpd")
final class VsftpdContractIT extends ArchiveServerContract {
  private @Nullable VsftpdServer vsftpd;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    VsftpdServer started = VsftpdServer.at(folder).start();
    vsftpd = started;
    return OpenServers.x(
        "uri", started.uri(),
        "username", started.user(),
        "password", started.password(),
        "connections", String.valueOf(CONNECTIONS));
  }

  @Override
  protected void stop() throws IOException {
    Objects.requireNonNull(vsftpd).close();
  }

  @Override
  protected void handOver() throws IOException {
    Objects.requireNonNull(vsftpd).handOver();
  }

  /** Its sessions run as the user ftp. */
  @Override
  protected boolean mayAll() {
    return false;
  }
}

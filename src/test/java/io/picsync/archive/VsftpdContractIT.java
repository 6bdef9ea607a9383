package io.picsync.archive;

import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The real vsftpd: LIST only, MDTM sets times, RNTO replaces. */
@RequiresDaemon("vsftpd")
final class VsftpdContractIT extends ArchiveServerContract {
  private VsftpdServer vsftpd;

  @Override
  Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    vsftpd = VsftpdServer.at(folder).start();
    return OpenServers.x(
        "uri", vsftpd.uri(),
        "username", vsftpd.user(),
        "password", vsftpd.password(),
        "connections", String.valueOf(CONNECTIONS));
  }

  @Override
  void stop() throws IOException {
    vsftpd.close();
  }

  @Override
  void handOver() throws IOException {
    vsftpd.handOver();
  }

  /** Its sessions run as the user ftp. */
  @Override
  boolean mayAll() {
    return false;
  }
}

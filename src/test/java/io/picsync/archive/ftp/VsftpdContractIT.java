package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Path;

/** The real vsftpd: LIST only, MDTM sets times, RNTO replaces. */
@RequiresDaemon("vsftpd")
final class VsftpdContractIT extends FtpDaemonContract {
  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return VsftpdServer.at(folder).start();
  }
}

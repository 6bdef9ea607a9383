package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Path;

/** The real vsftpd under TLS, refusing data connections that don't resume the session. */
@RequiresDaemon("vsftpd")
final class VsftpdTlsContractIT extends FtpDaemonContract {
  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return VsftpdServer.at(folder).tls(authority.issue()).requireSessionReuse().start();
  }
}

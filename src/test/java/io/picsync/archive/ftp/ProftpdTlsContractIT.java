package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.ProftpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The real ProFTPD under TLS, refusing data connections that don't resume the session. */
@RequiresDaemon("proftpd")
final class ProftpdTlsContractIT extends FtpDaemonContract {
  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return ProftpdServer.at(folder).tls(authority.issue()).requireSessionReuse().start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    return ProftpdContractIT.LEFT_OUT;
  }
}

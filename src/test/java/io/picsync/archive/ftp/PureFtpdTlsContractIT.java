package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.PureFtpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The real Pure-FTPd under TLS. */
@RequiresDaemon("pure-ftpd")
final class PureFtpdTlsContractIT extends FtpDaemonContract {
  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return PureFtpdServer.at(folder).listingLimit(20_000).tls(authority.issue()).start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    return PureFtpdContractIT.LEFT_OUT;
  }
}

package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.ProftpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The real ProFTPD as it is packaged: MLSD, MFMT, RNTO never replaces. */
@RequiresDaemon("proftpd")
final class ProftpdContractIT extends FtpDaemonContract {
  static final Map<String, String> LEFT_OUT =
      Map.of("*", "ProFTPD refuses to make a folder with a star in its name");

  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return ProftpdServer.at(folder).start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    return LEFT_OUT;
  }
}

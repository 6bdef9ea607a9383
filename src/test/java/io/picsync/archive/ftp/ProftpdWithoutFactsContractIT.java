package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.ProftpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The real ProFTPD as some set it up: LIST only, times are its own, RNTO replaces. */
@RequiresDaemon("proftpd")
final class ProftpdWithoutFactsContractIT extends FtpDaemonContract {
  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return ProftpdServer.at(folder).withoutFacts().allowOverwrite().start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    return Map.of("*", "ProFTPD refuses to make a folder with a star in its name");
  }

  @Override
  protected boolean keepsTimes() {
    return false;
  }
}

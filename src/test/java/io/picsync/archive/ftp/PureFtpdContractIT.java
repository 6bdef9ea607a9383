package io.picsync.archive.ftp;

import io.picsync.testing.FtpDaemon;
import io.picsync.testing.PureFtpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The real Pure-FTPd: MLSD, MFMT, RNTO replaces. */
@RequiresDaemon("pure-ftpd")
final class PureFtpdContractIT extends FtpDaemonContract {
  private static final String BACKSLASH = "Pure-FTPd prohibits backslashes in names";

  static final Map<String, String> LEFT_OUT =
      Map.of(
          "back\\slash.jpg",
          BACKSLASH,
          "day\\..\\up.jpg",
          BACKSLASH,
          " blank at both ends ",
          "Pure-FTPd stores an underscore for a blank at the end of a name");

  @Override
  FtpDaemon daemon(Path folder) throws IOException {
    return PureFtpdServer.at(folder).listingLimit(20_000).start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    return LEFT_OUT;
  }
}

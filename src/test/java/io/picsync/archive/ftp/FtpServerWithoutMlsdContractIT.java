package io.picsync.archive.ftp;

import io.picsync.demo.EmbeddedFtpServer;
import java.nio.file.Path;

/** Apache FtpServer as a lesser server: LIST only, and no command sets a time. */
final class FtpServerWithoutMlsdContractIT extends FtpServerEmbeddedContractIT {
  @Override
  EmbeddedFtpServer.Builder server(Path folder) {
    return super.server(folder).without("MLSD", "MLST", "MFMT");
  }

  @Override
  protected boolean keepsTimes() {
    return false;
  }
}

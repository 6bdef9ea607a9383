package io.picsync.archive.file;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import java.nio.file.Path;
import java.util.Map;

/** A folder of this machine. */
final class FileServerContractIT extends ArchiveServerContract {
  @Override
  protected Map<String, String> start(Path folder) {
    return OpenServers.x("uri", folder.toUri().toString());
  }

  @Override
  protected void stop() {
    // nothing was started
  }
}

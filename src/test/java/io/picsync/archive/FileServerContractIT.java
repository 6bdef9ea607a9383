package io.picsync.archive;

import java.nio.file.Path;
import java.util.Map;

/** A folder of this machine. */
final class FileServerContractIT extends ArchiveServerContract {
  @Override
  Map<String, String> start(Path folder) {
    return OpenServers.x("uri", folder.toUri().toString());
  }

  @Override
  void stop() {
    // nothing was started
  }
}

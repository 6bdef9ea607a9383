package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.demo.EmbeddedFtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Apache FtpServer: MLSD, MFMT, RNTO that never replaces. */
class FtpServerEmbeddedContractIT extends ArchiveServerContract {
  private @Nullable EmbeddedFtpServer ftp;

  EmbeddedFtpServer.Builder server(Path folder) {
    return EmbeddedFtpServer.at(folder);
  }

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    EmbeddedFtpServer started = server(folder).maxLogins(CONNECTIONS).start();
    ftp = started;
    return OpenServers.x(
        "uri",
        started.uri(),
        "username",
        "demo",
        "password",
        "demo",
        "connections",
        String.valueOf(CONNECTIONS));
  }

  @Override
  protected void stop() {
    // Its threads now and then take five seconds to end; no test needs to wait for them.
    Thread stopping = new Thread(Objects.requireNonNull(ftp)::close, "stopping-ftp-server");
    stopping.setDaemon(true);
    stopping.start();
  }

  @Override
  protected Map<String, String> namesLeftOut() {
    String backslash = "Apache FtpServer turns a backslash into a slash";
    return Map.of(
        "back\\slash.jpg",
        backslash,
        "day\\..\\up.jpg",
        backslash,
        " blank at both ends ",
        "Apache FtpServer cuts blanks at the end of a command line");
  }
}

package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Stored;
import io.picsync.testing.ProftpdServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract on ProFTPD's mod_sftp: digests are told by check-file-name. */
@RequiresDaemon("proftpd")
final class ProftpdSftpContractIT extends ArchiveServerContract {
  private @Nullable ProftpdServer proftpd;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    ProftpdServer started = ProftpdServer.at(folder).sftp().start();
    proftpd = started;
    return OpenServers.x(
        "uri", started.uri(),
        "username", started.user(),
        "password", started.password(),
        "host-key", "unverified",
        "connections", Integer.toString(CONNECTIONS));
  }

  @Override
  protected void stop() throws IOException {
    Objects.requireNonNull(proftpd).close();
  }

  @Override
  protected void handOver() throws IOException {
    Objects.requireNonNull(proftpd).handOver();
  }

  @Override
  protected boolean mayAll() {
    return false;
  }

  @Override
  protected Stored stored(long size) {
    return size == 0 ? Stored.STORED : Stored.HASHED;
  }

  @Test
  void pictureWhoseDigestIsWrongIsNeverVisible() throws IOException {
    pictureWhoseDigestIsWrongIsFoundOut();
  }
}

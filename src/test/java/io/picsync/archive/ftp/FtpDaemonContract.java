package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.FtpDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contract on a real FTP daemon. Its sessions run as a user without rights. */
abstract class FtpDaemonContract extends ArchiveServerContract {
  /** Trusted by the client where the daemon speaks TLS. */
  final CertificateAuthority authority = CertificateAuthority.named("a test");

  private @Nullable FtpDaemon daemon;

  abstract FtpDaemon daemon(Path folder) throws IOException;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    FtpDaemon started = daemon(folder);
    daemon = started;
    Map<String, String> settings =
        new HashMap<>(
            OpenServers.x(
                "uri", started.uri(),
                "username", started.user(),
                "password", started.password(),
                "connections", String.valueOf(CONNECTIONS)));
    if (started.uri().startsWith("ftps:")) {
      Path ca = Files.writeString(folder.resolveSibling("ca.pem"), authority.pem());
      settings.putAll(OpenServers.x("tls-ca", ca.toString()));
    }
    return settings;
  }

  @Override
  protected void stop() throws IOException {
    Objects.requireNonNull(daemon).close();
  }

  @Override
  protected void handOver() throws IOException {
    Objects.requireNonNull(daemon).handOver();
  }

  @Override
  protected boolean mayAll() {
    return false;
  }
}

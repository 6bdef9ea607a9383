package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveServerContract;
import io.picsync.archive.OpenServers;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The real vsftpd under TLS, refusing data connections that don't resume the session. */
@RequiresDaemon("vsftpd")
final class VsftpdTlsContractIT extends ArchiveServerContract {
  private final CertificateAuthority authority = CertificateAuthority.named("a test");
  private @Nullable VsftpdServer vsftpd;

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolveSibling("."), PosixFilePermissions.fromString("rwxr-xr-x"));
    VsftpdServer started =
        VsftpdServer.at(folder).tls(authority.issue()).requireSessionReuse().start();
    vsftpd = started;
    return OpenServers.x(
        "uri", started.uri(),
        "username", started.user(),
        "password", started.password(),
        "connections", String.valueOf(CONNECTIONS),
        "tls-ca", Files.writeString(folder.resolveSibling("ca.pem"), authority.pem()).toString());
  }

  @Override
  protected void stop() throws IOException {
    Objects.requireNonNull(vsftpd).close();
  }

  @Override
  protected void handOver() throws IOException {
    Objects.requireNonNull(vsftpd).handOver();
  }

  /** Its sessions run as the user ftp. */
  @Override
  protected boolean mayAll() {
    return false;
  }
}

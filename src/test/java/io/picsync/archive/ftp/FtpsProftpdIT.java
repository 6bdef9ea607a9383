package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.ProftpdServer;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ProFTPD wants data connections to resume the session, and hands out no further ticket of TLS 1.3
 * on those that did.
 */
@RequiresDaemon("proftpd")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpsProftpdIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  @ParameterizedTest
  @ValueSource(strings = {"any", "TLSv1.2", "TLSv1.3"})
  void noTransferFailsForWantOfASessionToResume(String version, @TempDir Path temporary)
      throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = Files.createDirectories(temporary.resolve("home"));
    CertificateAuthority authority = CertificateAuthority.named("a test");
    Path ca = Files.writeString(temporary.resolve("ca.pem"), authority.pem());
    Spool spool = new Spool(temporary.resolve("spool"), 1_000_000);
    byte[] picture = Trees.picture(1, 20_000);
    ProftpdServer.Builder builder =
        ProftpdServer.at(home).tls(authority.issue()).requireSessionReuse();
    if (!version.equals("any")) {
      builder.tlsVersion(version);
    }
    try (ProftpdServer proftpd = builder.start();
        Servers servers =
            OpenServers.of(
                OpenServers.x(
                    "uri",
                    proftpd.uri(),
                    "username",
                    proftpd.user(),
                    "password",
                    proftpd.password(),
                    "connections",
                    "1",
                    "tls-ca",
                    ca.toString()))) {
      Server server = servers.get("x");
      for (int i = 0; i < 5; i++) {
        Location at = new Location("", "day/" + i + ".jpg");
        PictureContent content =
            new PictureContent(new ByteArrayInputStream(picture), picture.length, TAKEN);
        assertThat(server.store(at, content, () -> false)).isEqualTo(Stored.STORED);
        FetchedPicture fetched = server.fetch(at, picture.length, spool, () -> false);
        try (fetched) {
          assertThat(fetched.readAllBytes()).isEqualTo(picture);
        } finally {
          fetched.release();
        }
        assertThat(server.list(new Location("", "day"), () -> false))
            .isInstanceOf(Listing.Trusted.class);
      }
    }
  }
}

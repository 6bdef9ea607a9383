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
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import io.picsync.testing.VsftpdServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that refuses data connections which don't resume the control connection's session. */
@RequiresDaemon("vsftpd")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpsSessionReuseIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final CertificateAuthority authority = CertificateAuthority.named("a test");
  private final Path home;
  private final Path ca;
  private final Path log;
  private final Spool spool;

  FtpsSessionReuseIT(@TempDir Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectories(temporary.resolve("home"));
    Files.createDirectory(home.resolve("day"));
    ca = Files.writeString(temporary.resolve("ca.pem"), authority.pem());
    log = temporary.resolve("log");
    spool = new Spool(temporary.resolve("spool"), 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, 0",
    "TLSv1.2, 1",
    "TLSv1.2, 16383",
    "TLSv1.2, 16384",
    "TLSv1.2, 16385",
    "TLSv1.2, 30000000",
    "TLSv1.3, 0",
    "TLSv1.3, 1",
    "TLSv1.3, 16383",
    "TLSv1.3, 16384",
    "TLSv1.3, 16385",
    "TLSv1.3, 30000000"
  })
  void picturesOfAnySizeGoBothWays(String version, int size) throws IOException {
    byte[] picture = Trees.picture(1, size);
    try (VsftpdServer vsftpd = vsftpd(version, false);
        Servers servers = servers(vsftpd, "")) {
      Server server = servers.get("x");
      for (int i = 0; i < 3; i++) {
        assertThat(store(server, "day/" + i + ".jpg", picture)).isEqualTo(Stored.STORED);
        assertThat(fetch(server, "day/" + i + ".jpg", size)).isEqualTo(picture);
      }
      assertThat(Files.readAllBytes(home.resolve("day/0.jpg"))).isEqualTo(picture);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.2, false",
    "TLSv1.2, true",
    "TLSv1.3, false",
    "TLSv1.3, true",
  })
  void manyTransfersGoOverOneConnection(String version, boolean implicit) throws IOException {
    byte[] picture = Trees.picture(1, 1000);
    int transfers = Integer.getInteger("picsync.test.ftps.transfers", 100);
    try (VsftpdServer vsftpd = vsftpd(version, implicit);
        Servers servers = servers(vsftpd, implicit ? "?implicit=true" : "")) {
      Server server = servers.get("x");
      for (int i = 0; i < transfers; i++) {
        String path = "day/" + i + ".jpg";
        assertThat(store(server, path, picture)).isEqualTo(Stored.STORED);
        assertThat(fetch(server, path, picture.length)).isEqualTo(picture);
      }
      assertThat(server.list(new Location("", "day"), () -> false))
          .isInstanceOf(Listing.Trusted.class);
    }
    assertThat(Files.readString(log)).containsOnlyOnce("OK LOGIN");
  }

  private VsftpdServer vsftpd(String version, boolean implicit) throws IOException {
    VsftpdServer.Builder builder = VsftpdServer.at(home);
    return (implicit ? builder.implicitTls(authority.issue()) : builder.tls(authority.issue()))
        .requireSessionReuse()
        .tlsVersion(version)
        .option("xferlog_enable", "YES")
        .option("xferlog_std_format", "NO")
        .option("vsftpd_log_file", log.toString())
        .start();
  }

  private Servers servers(VsftpdServer vsftpd, String query) {
    return OpenServers.of(
        OpenServers.x(
            "uri",
            vsftpd.uri() + query,
            "username",
            vsftpd.user(),
            "password",
            vsftpd.password(),
            "connections",
            "1",
            "tls-ca",
            ca.toString()));
  }

  private static Stored store(Server server, String path, byte[] picture) throws IOException {
    return server.store(
        new Location("", path),
        new PictureContent(new ByteArrayInputStream(picture), picture.length, TAKEN),
        () -> false);
  }

  private byte[] fetch(Server server, String path, long size) throws IOException {
    FetchedPicture picture = server.fetch(new Location("", path), size, spool, () -> false);
    try (picture) {
      return picture.readAllBytes();
    } finally {
      picture.release();
    }
  }
}

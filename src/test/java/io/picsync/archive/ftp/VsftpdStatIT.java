package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.FtpDaemon;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real vsftpd tells by STAT is what it tells by LIST, and LIST is asked no more. */
@RequiresDaemon("vsftpd")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class VsftpdStatIT {
  private final CertificateAuthority authority = CertificateAuthority.named("a test");
  private Path temporary;
  private Path home;

  @BeforeEach
  void makeArchive(@TempDir Path folder) throws IOException {
    temporary = Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectories(temporary.resolve("home"));
    Path day = Files.createDirectories(home.resolve("20110714"));
    for (int i = 0; i < 30_000; i++) {
      Files.createFile(day.resolve("2011071415%05d.jpg".formatted(i)));
    }
    Path odd = Files.createDirectories(home.resolve("odd names"));
    for (String name : Trees.hostileNames()) {
      Files.writeString(odd.resolve(name), name);
    }
    Files.createFile(odd.resolve(".hidden.jpg"));
    Files.createSymbolicLink(odd.resolve("link"), Path.of("/nowhere"));
    Files.createDirectory(odd.resolve("213 End of status"));
    Files.createDirectory(home.resolve("empty"));
    Path broken = Files.createDirectory(home.resolve("broken names"));
    Files.createFile(broken.resolve("a.jpg\r\n213 End of status\r\nb.jpg"));
    Files.createFile(broken.resolve("c.jpg"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void statTellsTheSameAsList(boolean tls) throws IOException {
    VsftpdServer.Builder builder = VsftpdServer.at(home);
    if (tls) {
      builder.tls(authority.issue()).requireSessionReuse();
    }
    try (FtpDaemon daemon = builder.start()) {
      daemon.handOver();
      try (Servers servers = servers(daemon)) {
        Server server = servers.get("x");
        Listing byList = list(server, "20110714");
        assertThat(((Listing.Trusted) byList).pictures()).hasSize(30_000);
        assertThat(server.state().learned()).containsEntry("listing", "STAT");

        assertThat(list(server, "20110714")).isEqualTo(byList);
        for (String folder : new String[] {"", "odd names", "empty"}) {
          assertThat(list(server, folder)).as(folder).isEqualTo(toldByList(daemon, folder));
        }
        assertThat(list(server, "20110715")).isEqualTo(new Listing.Missing("20110715"));
        assertThat(server.state().learned()).containsEntry("listing", "STAT");
      }
    }
  }

  /** A name with a line end in it would end the reply before its time. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nameThatLooksLikeTheEndMakesNoShorterFolder(boolean tls) throws IOException {
    VsftpdServer.Builder builder = VsftpdServer.at(home);
    if (tls) {
      builder.tls(authority.issue());
    }
    try (FtpDaemon daemon = builder.start()) {
      daemon.handOver();
      try (Servers servers = servers(daemon)) {
        Server server = servers.get("x");
        list(server, "20110714");
        assertThat(server.state().learned()).containsEntry("listing", "STAT");

        Listing listing;
        try {
          listing = list(server, "broken names");
        } catch (ArchiveException e) {
          listing = list(server, "broken names"); // as a route would, after a broken connection
        }

        assertThat(listing).isEqualTo(toldByList(daemon, "broken names"));
      }
    }
  }

  /** A server that is asked for the first time is asked by LIST. */
  private Listing toldByList(FtpDaemon daemon, String folder) throws IOException {
    try (Servers servers = servers(daemon)) {
      return list(servers.get("x"), folder);
    }
  }

  private static Listing list(Server server, String folder) throws ArchiveException {
    return server.list(new Location("", folder), () -> false);
  }

  private Servers servers(FtpDaemon daemon) throws IOException {
    Path ca = Files.writeString(temporary.resolve("ca.pem"), authority.pem());
    Map<String, String> settings =
        new HashMap<>(
            OpenServers.x(
                "uri",
                daemon.uri(),
                "username",
                daemon.user(),
                "password",
                daemon.password(),
                "connections",
                "1"));
    if (daemon.uri().startsWith("ftps:")) {
      settings.putAll(OpenServers.x("tls-ca", ca.toString()));
    }
    return OpenServers.of(settings);
  }
}

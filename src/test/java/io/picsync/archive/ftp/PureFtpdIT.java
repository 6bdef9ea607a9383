package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PictureContent;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Stored;
import io.picsync.testing.PureFtpdServer;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Pure-FTPd does in a way of its own, and some set up. */
@RequiresDaemon("pure-ftpd")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PureFtpdIT {
  private static final byte[] PICTURE = Trees.picture(1, 100_000);

  private Path home;

  @BeforeEach
  void makeHome(@TempDir Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = folder;
    Files.createDirectories(home.resolve("cam/20110714"));
  }

  @Test
  void listingThatTheServerCutsAtItsLimitIsNotTrusted() throws IOException {
    for (int i = 0; i < 97; i++) {
      Files.createFile(home.resolve("cam/20110714/%d.jpg".formatted(i)));
    }
    try (PureFtpdServer ftp = PureFtpdServer.at(home).listingLimit(100).start();
        Servers servers = servers(ftp)) {
      Location folder = new Location("cam", "20110714");

      // . and .. count; a listing of just the limit is called truncated too
      assertThat(servers.get("x").list(folder, () -> false))
          .isInstanceOfSatisfying(
              Listing.Trusted.class, all -> assertThat(all.pictures()).hasSize(97));

      Files.createFile(home.resolve("cam/20110714/one more.jpg"));
      assertThat(servers.get("x").list(folder, () -> false))
          .isInstanceOfSatisfying(
              Listing.Untrusted.class,
              cut -> assertThat(cut.reason()).contains("truncated to 100", "LimitRecursion"));
    }
  }

  @Test
  void folderThatTheServerMakesUnderAnotherNameIsRefused() throws IOException {
    try (PureFtpdServer ftp = PureFtpdServer.at(home).start();
        Servers servers = servers(ftp)) {
      assertThatThrownBy(() -> store(servers.get("x"), "blank /a.jpg"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("/cam/blank_");
    }
  }

  @Test
  void pictureBeyondTheQuotaIsToldAsWantOfSpaceAndLeavesNothing() throws IOException {
    try (PureFtpdServer ftp = PureFtpdServer.at(home).quota(1000, 1).start();
        Servers servers = servers(ftp)) {
      for (int i = 0; i < 10; i++) {
        assertThat(store(servers.get("x"), i + ".jpg")).isEqualTo(Stored.STORED);
      }

      assertThatThrownBy(() -> store(servers.get("x"), "10.jpg"))
          .isInstanceOf(NoSpaceException.class);
    }
    assertThat(Trees.snapshot(home.resolve("cam"))).hasSize(10).doesNotContainKey("10.jpg");
  }

  @Test
  void picturesGetTheirNamesWhereTheServerRenamesByItself() throws IOException {
    try (PureFtpdServer ftp = PureFtpdServer.at(home).autoRename().start();
        Servers servers = servers(ftp)) {
      assertThat(store(servers.get("x"), "a.jpg")).isEqualTo(Stored.STORED);
      assertThat(store(servers.get("x"), "a.jpg")).isEqualTo(Stored.ALREADY_THERE);
    }
    assertThat(Trees.snapshot(home.resolve("cam"))).containsOnlyKeys("a.jpg");
  }

  private static Servers servers(PureFtpdServer ftp) {
    return OpenServers.of(
        OpenServers.x("uri", ftp.uri(), "username", ftp.user(), "password", ftp.password()));
  }

  private static Stored store(Server server, String path) throws ArchiveException {
    PictureContent content =
        new PictureContent(new ByteArrayInputStream(PICTURE), PICTURE.length, Instant.EPOCH);
    return server.store(new Location("cam", path), content, () -> false);
  }
}

package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pictures around the size of one request, and of many; the room that OpenSSH tells. */
@RequiresDaemon("sshd")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OpenSshSizesIT {
  /** What one request brings: 32 KB everywhere, 255 KB here. */
  private static final int[] SIZES = {
    0,
    1,
    32 * 1024 - 1,
    32 * 1024,
    32 * 1024 + 1,
    255 * 1024 - 1,
    255 * 1024,
    255 * 1024 + 1,
    2 * 255 * 1024,
    30_000_000
  };

  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  @Test
  void everySizeArrivesWholeBothWaysAndTheSpaceIsTold(@TempDir Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path home = Files.createDirectory(temporary.resolve("home"));
    Files.createDirectory(home.resolve("cam"));
    Spool spool = new Spool(temporary.resolve("spool"), 1_000_000);
    try (OpenSshServer sshd = OpenSshServer.at(home).start();
        Servers servers = open(sshd, temporary.resolve("known_hosts"))) {
      Server server = servers.get("x");
      for (int size : SIZES) {
        byte[] picture = Trees.picture(size, size);
        Location place = new Location("cam", size + ".jpg");
        PictureContent content = new PictureContent(new ByteArrayInputStream(picture), size, TAKEN);

        assertThat(server.store(place, content, () -> false)).isEqualTo(Stored.STORED);
        assertThat(home.resolve("cam").resolve(size + ".jpg")).hasBinaryContent(picture);
        FetchedPicture fetched = server.fetch(place, size, spool, () -> false);
        try (fetched) {
          assertThat(fetched.readAllBytes()).isEqualTo(picture);
        } finally {
          fetched.release();
        }
      }
      long total = Files.getFileStore(home).getTotalSpace();
      assertThat(server.freeSpace(new Location("cam", ""), () -> false).orElse(-1))
          .isBetween(1L, total);
      assertThat(server.freeSpace(new Location("yet to be made", ""), () -> false).orElse(-1))
          .isBetween(1L, total);
    }
  }

  private static Servers open(OpenSshServer sshd, Path known) throws IOException {
    Files.writeString(known, sshd.knownHost());
    return OpenServers.of(
        OpenServers.x(
            "uri",
            sshd.uri(),
            "username",
            sshd.user(),
            "password",
            sshd.password(),
            "known-hosts",
            known.toString()));
  }
}

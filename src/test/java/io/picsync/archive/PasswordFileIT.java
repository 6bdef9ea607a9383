package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.settings.SettingsException;
import io.picsync.testing.EmbeddedSftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords in files, as Docker, Kubernetes and systemd hand them over. */
final class PasswordFileIT {
  private static final Location ROOT = new Location("", "");
  private static final String PASSWORD = "two words";

  private final Path folder;
  private final Path file;

  PasswordFileIT(@TempDir Path temporary) throws IOException {
    folder = Files.createDirectory(temporary.resolve("home"));
    file = Files.writeString(temporary.resolve("password"), "not yet\n");
  }

  private void rotates(String password, String uri, String... more) throws IOException {
    try (Servers servers = servers(uri, more)) {
      assertThatThrownBy(() -> servers.get("x").exists(ROOT, () -> false))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("refuses the login");

      Files.writeString(file, password + "\r\n");
      assertThat(servers.get("x").exists(ROOT, () -> false)).isTrue();
    }
  }

  private Servers servers(String uri, String... more) {
    String[] settings = new String[6 + more.length];
    settings[0] = "uri";
    settings[1] = uri;
    settings[2] = "username";
    settings[3] = "camera";
    settings[4] = "password-file";
    settings[5] = file.toString();
    System.arraycopy(more, 0, settings, 6, more.length);
    return OpenServers.of(OpenServers.x(settings));
  }

  @Test
  void aFileThatIsReplacedCountsFromTheNextFtpLoginOn() throws IOException {
    try (EmbeddedFtpServer server = EmbeddedFtpServer.start(folder, "camera", PASSWORD)) {
      rotates(PASSWORD, server.uri());
    }
  }

  @Test
  void aFileThatIsReplacedCountsFromTheNextSftpLoginOn() throws IOException {
    String password = " " + PASSWORD + " "; // only the line's end is none of it
    try (EmbeddedSftpServer server = EmbeddedSftpServer.start(folder, "camera", password)) {
      rotates(password, server.uri(), "host-key", EmbeddedSftpServer.fingerprint());
    }
  }

  @Test
  void aFileThatWentIsToldByTheKeyThatNamesIt() throws IOException {
    try (EmbeddedFtpServer ftp = EmbeddedFtpServer.start(folder, "camera", PASSWORD);
        EmbeddedSftpServer sftp = EmbeddedSftpServer.start(folder, "camera", PASSWORD);
        Servers one = servers(ftp.uri());
        Servers other = servers(sftp.uri(), "host-key", EmbeddedSftpServer.fingerprint())) {
      Server overFtp = one.get("x");
      Server overSftp = other.get("x");
      Files.delete(file);

      for (Server server : new Server[] {overFtp, overSftp}) {
        assertThatThrownBy(() -> server.exists(ROOT, () -> false))
            .isInstanceOf(UnavailableException.class)
            .hasMessageContaining("picsync.server.x.password-file=" + file)
            .hasMessageContaining("there is no such file");
      }
    }
  }

  @Test
  void anEmptyFileIsRefusedAtTheStart() throws IOException {
    Files.writeString(file, "\n");

    assertThatThrownBy(() -> servers("ftp://127.0.0.1:1"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("picsync.server.x.password-file=%s is empty.", file);
  }
}

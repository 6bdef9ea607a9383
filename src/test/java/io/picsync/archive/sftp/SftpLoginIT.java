package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Servers;
import io.picsync.archive.UnavailableException;
import io.picsync.settings.SettingsException;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.OpenSshServer;
import io.picsync.testing.RequiresDaemon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which servers are believed to be themselves, and how one logs in there. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SftpLoginIT {
  private static final String OTHER = "SHA256:" + "A".repeat(43);

  private Path folder;
  private Path known;
  private EmbeddedSftpServer sftp;

  @BeforeEach
  void start(@TempDir Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    folder = Files.createDirectory(temporary.resolve("home"));
    known = Files.createFile(temporary.resolve("known_hosts"));
    sftp = EmbeddedSftpServer.start(folder, "camera", "secret");
  }

  @AfterEach
  void stop() {
    sftp.close();
  }

  private boolean connects(String trust, String value, String password) throws IOException {
    return connects(
        OpenServers.x("uri", sftp.uri(), "username", "camera", "password", password, trust, value));
  }

  private static boolean connects(Map<String, String> settings) throws IOException {
    try (Servers servers = OpenServers.of(settings)) {
      return servers.get("x").exists(new Location("", ""), () -> false);
    }
  }

  private void isRefusedUnasked(String trust, String value, String... tells) {
    assertThatThrownBy(() -> connects(trust, value, "secret"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("Server x at [127.0.0.1]:" + sftp.port())
        .hasMessageContaining(EmbeddedSftpServer.fingerprint())
        .hasMessageContainingAll(tells);
    assertThat(sftp.passwords()).isZero();
  }

  private void know(String key) throws IOException {
    Files.writeString(known, "[127.0.0.1]:%d %s\n".formatted(sftp.port(), key));
  }

  @Test
  void unknownHostKeyIsToldWithItsFingerprintAndWhatToDo() {
    isRefusedUnasked(
        "known-hosts",
        known.toString(),
        "ssh-keyscan -p " + sftp.port() + " 127.0.0.1 >> " + known,
        "picsync.server.x.host-key=" + EmbeddedSftpServer.fingerprint());
  }

  @Test
  void knownHostKeyIsTheServersOwn() throws IOException {
    know(EmbeddedSftpServer.hostKey());

    assertThat(connects("known-hosts", known.toString(), "secret")).isTrue();
  }

  @Test
  void changedHostKeyIsSentNoPassword() throws IOException {
    String own = EmbeddedSftpServer.hostKey();
    int at = own.length() - 10;
    know(own.substring(0, at) + (own.charAt(at) == 'A' ? 'B' : 'A') + own.substring(at + 1));

    isRefusedUnasked("known-hosts", known.toString(), "ANOTHER HOST KEY", "ssh-keygen -f " + known);
  }

  @Test
  void hostThatIsKnownByAnotherKindOfKeyIsAChangedOne() throws IOException {
    byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer key = ByteBuffer.allocate(4 + type.length + 4 + 32);
    key.putInt(type.length).put(type).putInt(32).put((byte) 7);
    know("ssh-ed25519 " + Base64.getEncoder().encodeToString(key.array()));

    isRefusedUnasked("known-hosts", known.toString(), "ANOTHER HOST KEY");
  }

  @Test
  void pinnedHostKeyAloneIsBelieved() throws IOException {
    isRefusedUnasked("host-key", OTHER, "not the pinned " + OTHER, "picsync.server.x.host-key");
    assertThat(connects("host-key", EmbeddedSftpServer.fingerprint(), "secret")).isTrue();
  }

  @Test
  void anybodyIsBelievedWhereTheOperatorSaysSo() throws IOException {
    assertThat(connects("host-key", "unverified", "secret")).isTrue();
  }

  @Test
  void refusedLoginIsToldWithoutThePassword() {
    assertThatThrownBy(() -> connects("host-key", EmbeddedSftpServer.fingerprint(), "geheim"))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("refuses the login of camera")
        .hasMessageContaining("Check the user name and the password")
        .hasMessageNotContaining("geheim");
  }

  @Test
  @RequiresDaemon("sshd")
  void encryptedKeyLogsInWithItsPassphraseOnly() throws IOException {
    try (OpenSshServer sshd =
        OpenSshServer.at(folder).keyLoginOnly().keyType("rsa").passphrase("sesam").start()) {
      Files.writeString(known, sshd.knownHost());

      assertThat(connects(byKey(sshd, "sesam"))).isTrue();
      assertThatThrownBy(() -> connects(byKey(sshd, "simsalabim")))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("can't be decrypted with picsync.server.x.private-key-passphrase")
          .hasMessageNotContaining("simsalabim");
      assertThatThrownBy(() -> connects(byKey(sshd, "")))
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("is encrypted");
    }
  }

  private Map<String, String> byKey(OpenSshServer sshd, String passphrase) {
    Map<String, String> settings =
        OpenServers.x(
            "uri",
            sshd.uri(),
            "username",
            sshd.user(),
            "private-key",
            sshd.privateKey().toString(),
            "known-hosts",
            known.toString());
    if (!passphrase.isEmpty()) {
      settings.put("picsync.server.x.private-key-passphrase", passphrase);
    }
    return settings;
  }
}

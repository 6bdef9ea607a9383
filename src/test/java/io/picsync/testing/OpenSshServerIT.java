package io.picsync.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real sshd, and that each option changes what a client meets. */
@RequiresDaemon("sshd")
final class OpenSshServerIT {
  private final Path home;

  OpenSshServerIT(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void thePasswordLogsInToTheFolderAndAWrongOneDoesNot() throws Exception {
    try (OpenSshServer server = OpenSshServer.at(home).start()) {
      Session session = byPassword(server, server.password());
      ChannelSftp sftp = sftp(session);
      sftp.put(new ByteArrayInputStream(new byte[5]), "one.jpg");

      assertThat(sftp.pwd()).isEqualTo(server.root());
      assertThat(home.resolve("one.jpg")).hasSize(5);
      session.disconnect();
      assertThatThrownBy(() -> byPassword(server, "wrong")).hasMessageContaining("Auth fail");
    }
  }

  @Test
  void passwordsAreRefusedWhereOnlyKeysLogIn() throws IOException {
    try (OpenSshServer server = OpenSshServer.at(home).keyLoginOnly().start()) {
      assertThatThrownBy(() -> byPassword(server, server.password()))
          .hasMessageContaining("Auth fail");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void anEncryptedKeyLogsInAndTheHostKeyIsTheOneItTells(String type) throws Exception {
    try (OpenSshServer server =
        OpenSshServer.at(home).keyLoginOnly().keyType(type).passphrase("secret").start()) {
      JSch ssh = new JSch();
      ssh.addIdentity(server.privateKey().toString(), "secret");
      ssh.setKnownHosts(new ByteArrayInputStream(server.knownHost().getBytes(US_ASCII)));
      Session session = ssh.getSession(server.user(), "127.0.0.1", server.port());
      session.connect(10_000);

      assertThat(session.isConnected()).isTrue();
      session.disconnect();
    }
  }

  @Test
  void oneSessionMoreThanAllowedIsRefused() throws Exception {
    try (OpenSshServer server = OpenSshServer.at(home).maxSessions(1).start()) {
      Session session = byPassword(server, server.password());
      sftp(session);

      assertThatThrownBy(() -> sftp(session)).isInstanceOf(JSchException.class);
      session.disconnect();
    }
  }

  @Test
  void sessionsAreDroppedAndItComesBackAtItsPortWithAnotherHostKey() throws Exception {
    int port;
    String key;
    try (OpenSshServer server = OpenSshServer.at(home).start()) {
      port = server.port();
      key = server.hostKey();
      Session session = byPassword(server, server.password());
      server.dropSessions();
      await().until(() -> !session.isConnected());
      byPassword(server, server.password()).disconnect();
    }
    assertThatThrownBy(() -> FtpClients.connect(port).close()).isInstanceOf(IOException.class);
    try (OpenSshServer server = OpenSshServer.at(home).port(port).start()) {
      assertThat(server.hostKey()).isNotEqualTo(key);
    }
  }

  @Test
  void whatATestAddsLaterIsWritableAfterTheHandOver() throws Exception {
    try (OpenSshServer server = OpenSshServer.at(home).start()) {
      Files.createDirectory(home.resolve("later"));
      server.handOver();
      Session session = byPassword(server, server.password());

      sftp(session).put(new ByteArrayInputStream(new byte[5]), "later/one.jpg");
      assertThat(home.resolve("later/one.jpg")).hasSize(5);
      session.disconnect();
    }
  }

  @Test
  void aBadOptionIsToldInSshdsWords() {
    assertThatThrownBy(() -> OpenSshServer.at(home).option("NoSuchOption", "1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Bad configuration option: NoSuchOption");
  }

  private static Session byPassword(OpenSshServer server, String password) throws JSchException {
    Session session = new JSch().getSession(server.user(), "127.0.0.1", server.port());
    session.setPassword(password);
    session.setConfig("StrictHostKeyChecking", "no");
    session.connect(10_000);
    return session;
  }

  private static ChannelSftp sftp(Session session) throws JSchException, SftpException {
    ChannelSftp channel = (ChannelSftp) session.openChannel("sftp");
    channel.connect(10_000);
    return channel;
  }
}

package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real vsftpd, and the facts about it that picsync builds on. */
@RequiresDaemon("vsftpd")
final class VsftpdServerIT {
  private final Path home;

  VsftpdServerIT(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void picturesWithHostileNamesComeBackAndAreOnDisk() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);
      for (String name : Trees.hostileNames()) {
        byte[] content = Trees.picture(name.length(), 3000);
        assertThat(client.storeFile(name, new ByteArrayInputStream(content))).as(name).isTrue();
        ByteArrayOutputStream fetched = new ByteArrayOutputStream();
        assertThat(client.retrieveFile(name, fetched)).as(name).isTrue();
        assertThat(fetched.toByteArray()).as(name).isEqualTo(content);
      }
      client.disconnect();
    }
    assertThat(Trees.snapshot(home).keySet())
        .containsExactlyInAnyOrderElementsOf(Trees.hostileNames());
  }

  @Test
  void theLoginFolderIsTheRootItTells() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);

      assertThat(client.printWorkingDirectory()).isEqualTo(server.root());
      client.disconnect();
    }
  }

  @Test
  void missingAndEmptyFoldersListAlikeButOnlyOneCanBeEntered() throws IOException {
    Files.createDirectory(home.resolve("empty"));
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);

      assertThat(client.listFiles("empty")).isEmpty();
      assertThat(client.getReplyCode()).isEqualTo(226);
      assertThat(client.listFiles("missing")).isEmpty();
      assertThat(client.getReplyCode()).isEqualTo(226);
      assertThat(client.changeWorkingDirectory("missing")).isFalse();
      assertThat(client.changeWorkingDirectory("empty")).isTrue();
      client.disconnect();
    }
  }

  @Test
  void dotFilesAreListedOnlyOnRequest() throws IOException {
    Trees.put(home, ".one.jpg.part", new byte[1], Instant.EPOCH);
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);

      assertThat(client.listFiles()).isEmpty();
      assertThat(client.listFiles("-a")).extracting(FTPFile::getName).contains(".one.jpg.part");
      client.disconnect();
    }
  }

  @Test
  void modifiedTimesAreSetByMdtmAndPipelinedCommandsAnsweredInOrder() throws IOException {
    Trees.put(home, "one.jpg", new byte[5], Instant.EPOCH);
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      assertThat(
              FtpClients.converse(
                  server.port(),
                  "USER " + server.user(),
                  "PASS " + server.password(),
                  "SIZE one.jpg",
                  "MDTM 20110714153010 one.jpg",
                  "RNFR one.jpg",
                  "RNTO two.jpg",
                  "SIZE one.jpg",
                  "QUIT"))
          .containsExactly("220", "331", "230", "213", "213", "350", "250", "550", "221");
    }
    assertThat(Files.getLastModifiedTime(home.resolve("two.jpg")).toInstant())
        .isEqualTo(Instant.parse("2011-07-14T15:30:10Z"));
  }

  @Test
  void renamingReplacesWithoutAsking() throws IOException {
    Trees.put(home, "one.jpg", new byte[1], Instant.EPOCH);
    Trees.put(home, "two.jpg", new byte[2], Instant.EPOCH);
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);

      assertThat(client.rename("one.jpg", "two.jpg")).isTrue();
      client.disconnect();
    }
    assertThat(Trees.snapshot(home)).containsOnlyKeys("two.jpg");
    assertThat(Files.size(home.resolve("two.jpg"))).isEqualTo(1);
  }

  @Test
  void foldersAddedLaterAreWritableAfterTheHandOver() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      FTPClient client = FtpClients.login(server);
      Files.createDirectory(home.resolve("later"));
      server.handOver();

      assertThat(client.storeFile("later/one.jpg", InputStream.nullInputStream())).isTrue();
      client.disconnect();
    }
  }

  @Test
  void theLimitPerIpIsFreeAtTheStartAndThenRefuses() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).maxPerIp(1).start()) {
      FTPClient client = FtpClients.login(server);

      assertThatThrownBy(() -> FtpClients.login(server))
          .isInstanceOf(FTPConnectionClosedException.class)
          .hasMessageContaining("421");
      client.disconnect();
    }
  }

  @Test
  void sessionsAreDroppedAndTheServerComesBackAtItsPort() throws IOException {
    int port;
    try (VsftpdServer server = VsftpdServer.at(home).start()) {
      port = server.port();
      FTPClient client = FtpClients.login(server);
      server.dropSessions();
      assertThatThrownBy(client::noop).isInstanceOf(IOException.class);
      await().ignoreExceptions().untilAsserted(() -> FtpClients.login(server).disconnect());
    }
    assertThatThrownBy(() -> FtpClients.connect(port).close()).isInstanceOf(IOException.class);
    try (VsftpdServer server = VsftpdServer.at(home).port(port).start()) {
      assertThat(server.port()).isEqualTo(port);
      FtpClients.login(server).disconnect();
    }
  }

  @Test
  void aBadOptionIsToldInVsftpdsWords() {
    assertThatThrownBy(() -> VsftpdServer.at(home).option("no_such_option", "1").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unrecognised variable in config file: no_such_option");
  }
}

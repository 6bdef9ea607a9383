package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scripted server without faults: what every fault is a deviation from. */
final class ScriptedFtpServerTest {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private ScriptedFtpServer server;
  private FTPClient client;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedFtpServer.start();
    client = FtpClients.login(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.disconnect();
    server.close();
  }

  @Test
  void hostilePicturesComeBackAsTheyWereStored() throws IOException {
    assertThat(client.makeDirectory("day one")).isTrue();
    for (String name : Trees.hostileNames()) {
      byte[] content = Trees.picture(name.length(), 3000);
      assertThat(client.storeFile("day one/" + name, new ByteArrayInputStream(content)))
          .as(name)
          .isTrue();
      ByteArrayOutputStream fetched = new ByteArrayOutputStream();
      assertThat(client.retrieveFile("day one/" + name, fetched)).as(name).isTrue();
      assertThat(fetched.toByteArray()).as(name).isEqualTo(content);
      assertThat(server.file("day one/" + name)).as(name).isEqualTo(content);
    }
    assertThat(client.mlistDir("day one", file -> file.getName().length() > 2))
        .extracting(FTPFile::getName)
        .containsExactlyInAnyOrderElementsOf(Trees.hostileNames());
  }

  @Test
  void bothKindsOfListingTellFilesAndFolders() throws IOException {
    server.put("a/20110714153010.jpg", new byte[5], TAKEN);
    server.put("a/.hidden.part", new byte[1], TAKEN);
    server.makeFolder("a/20110714");

    assertThat(client.listFiles("a"))
        .extracting(FTPFile::getName, FTPFile::isDirectory, FTPFile::getSize)
        .containsExactly(tuple("20110714", true, 0L), tuple("20110714153010.jpg", false, 5L));
    assertThat(client.listFiles("-a a")).extracting(FTPFile::getName).contains(".hidden.part");
    assertThat(client.mlistDir("a"))
        .extracting(FTPFile::getName, FTPFile::isFile, FTPFile::getTimestampInstant)
        .contains(tuple("20110714153010.jpg", true, TAKEN), tuple(".hidden.part", true, TAKEN));
    assertThat(client.sendCommand("LIST", "missing")).isEqualTo(550);
  }

  @Test
  void timesAreSetAndToldBothWays() throws IOException {
    server.put("one.jpg", new byte[5], Instant.EPOCH);

    assertThat(client.setModificationTime("one.jpg", "20110714153010")).isTrue();
    assertThat(server.modified("one.jpg")).isEqualTo(TAKEN);
    assertThat(client.sendCommand("MDTM", "20120714153010 one.jpg")).isEqualTo(213);
    assertThat(client.getModificationTime("one.jpg")).isEqualTo("20120714153010");
    assertThat(client.getSize("one.jpg")).isEqualTo("5");
  }

  @Test
  void renamingReplacesAndRefusesLikeAFileSystem() throws IOException {
    server.put("a/one.jpg", new byte[1], TAKEN);
    server.put("a/two.jpg", new byte[2], TAKEN);

    assertThat(client.rename("a/one.jpg", "a/two.jpg")).isTrue();
    assertThat(server.file("a/two.jpg")).hasSize(1);
    assertThat(client.rename("a/two.jpg", "missing/two.jpg")).isFalse();
    assertThat(client.rename("a", "a/b")).isFalse();
    assertThat(client.makeDirectory("a")).isFalse();
    assertThat(client.makeDirectory("x/y")).isFalse();
    assertThat(client.removeDirectory("a")).isFalse();
    assertThat(client.storeFile("missing/x.jpg", InputStream.nullInputStream())).isFalse();
    assertThat(client.getReplyCode()).isEqualTo(553);
    assertThat(client.deleteFile("a/two.jpg")).isTrue();
    assertThat(client.removeDirectory("a")).isTrue();
    assertThat(server.paths()).isEmpty();
  }

  @Test
  void pipelinedCommandsAreAnsweredOneByOneInOrder() throws IOException {
    server.put("one.jpg", new byte[5], TAKEN);

    assertThat(
            FtpClients.converse(
                server.port(),
                "USER picsync",
                "PASS secret",
                "SIZE one.jpg",
                "RNFR one.jpg",
                "RNTO two.jpg",
                "SIZE one.jpg",
                "SIZE two.jpg",
                "QUIT"))
        .containsExactly("220", "331", "230", "213", "350", "250", "550", "213", "221");
    assertThat(server.count("SIZE")).isEqualTo(3);
    assertThat(server.calls())
        .endsWith(new FtpCall(2, "SIZE", "two.jpg"), new FtpCall(2, "QUIT", ""));
  }

  @Test
  void commandsLeftOutAreUnknownAndNotAnnounced() throws IOException {
    try (ScriptedFtpServer plain = ScriptedFtpServer.startWithoutSettingTimes("MLSD")) {
      plain.put("one.jpg", new byte[5], TAKEN);
      FTPClient other = FtpClients.login(plain);

      assertThat(other.hasFeature("MLST")).isFalse();
      assertThat(other.hasFeature("MFMT")).isFalse();
      assertThat(other.hasFeature("SIZE")).isTrue();
      assertThat(other.sendCommand("MLSD")).isEqualTo(500);
      assertThat(other.setModificationTime("one.jpg", "20120101000000")).isFalse();
      assertThat(other.sendCommand("MDTM", "20120101000000 one.jpg")).isEqualTo(550);
      assertThat(plain.modified("one.jpg")).isEqualTo(TAKEN);
    }
    assertThat(client.hasFeature("MLST")).isTrue();
  }

  @Test
  void connectionsAreCountedAndTheSurplusIsGreetedWith421() throws IOException {
    server.maxConnections(2);
    FTPClient second = FtpClients.login(server);

    assertThatThrownBy(() -> FtpClients.login(server))
        .isInstanceOf(FTPConnectionClosedException.class)
        .hasMessageContaining("421");
    assertThat(server.openConnections()).isEqualTo(2);
    assertThat(server.peakConnections()).isEqualTo(2);
    assertThat(server.refusedConnections()).isEqualTo(1);

    second.logout();
    second.disconnect();
    await().until(() -> server.openConnections() == 1);
    FtpClients.login(server).disconnect();
    assertThat(server.acceptedConnections()).isEqualTo(3);
    assertThat(server.peakConnections()).isEqualTo(2);
  }

  @Test
  void wrongPasswordsAndMissingLoginsAreRefused() throws IOException {
    FTPClient stranger = new FTPClient();
    stranger.connect("127.0.0.1", server.port());

    assertThat(stranger.login("picsync", "wrong")).isFalse();
    assertThat(stranger.sendCommand("LIST")).isEqualTo(530);
    stranger.disconnect();
  }

  @Test
  void anUploadCutByTheClientLeavesWhatArrived() throws IOException {
    byte[] content = Trees.picture(1, 1000);
    client.pasv();
    String[] numbers = client.getReplyString().replaceAll(".*\\(|\\).*\\s*", "").split(",");
    int port = Integer.parseInt(numbers[4]) * 256 + Integer.parseInt(numbers[5]);
    try (Socket data = FtpClients.connect(port)) {
      assertThat(client.sendCommand("STOR", "cut.jpg")).isEqualTo(150);
      data.getOutputStream().write(content);
      data.setSoLinger(true, 0);
    }

    assertThat(client.getReply()).isEqualTo(426);
    byte[] kept = server.file("cut.jpg");
    assertThat(kept).isNotNull();
    assertThat(Arrays.copyOf(content, kept.length)).isEqualTo(kept);
    assertThat(client.sendNoOp()).isTrue();
  }

  @Test
  void brokenConnectionsAndTheEndOfTheServerReachTheClient() throws IOException {
    server.dropConnections();
    assertThatThrownBy(client::noop).isInstanceOf(IOException.class);
    await().until(() -> server.openConnections() == 0);

    FTPClient last = FtpClients.login(server);
    server.close();
    assertThatThrownBy(last::noop).isInstanceOf(IOException.class);
  }

  @Test
  void clearedCallsStartTheCountsAgain() throws IOException {
    client.noop();
    assertThat(server.counts()).containsEntry("NOOP", 1).containsKey("PASS");

    server.clearCalls();
    client.setFileType(FTP.BINARY_FILE_TYPE);
    assertThat(server.calls()).isEqualTo(List.of(new FtpCall(1, "TYPE", "I")));
  }
}

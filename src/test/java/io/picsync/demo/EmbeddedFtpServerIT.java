package io.picsync.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedFtpServerIT {
  private static final byte[] BYTES = "a picture".getBytes(UTF_8);

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path home;

  @BeforeEach
  void makeHome(@TempDir Path made) {
    home = made;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Test
  void pictureIsStoredRenamedDatedAndFetched() throws Exception {
    FTPClient client = login(started(EmbeddedFtpServer.at(home)));

    assertThat(client.makeDirectory("20110714")).isTrue();
    assertThat(client.storeFile("20110714/.a.part", new ByteArrayInputStream(BYTES))).isTrue();
    assertThat(client.getSize("20110714/.a.part")).isEqualTo("9");
    assertThat(client.setModificationTime("20110714/.a.part", "20110714153010")).isTrue();
    assertThat(client.rename("20110714/.a.part", "20110714/Größe a[1].jpg")).isTrue();

    Path stored = home.resolve("20110714/Größe a[1].jpg");
    assertThat(stored).hasBinaryContent(BYTES);
    assertThat(Files.getLastModifiedTime(stored).toInstant())
        .isEqualTo(Instant.parse("2011-07-14T15:30:10Z"));
    ByteArrayOutputStream fetched = new ByteArrayOutputStream();
    assertThat(client.retrieveFile("20110714/Größe a[1].jpg", fetched)).isTrue();
    assertThat(fetched.toByteArray()).isEqualTo(BYTES);
    assertThat(client.getModificationTime("20110714/Größe a[1].jpg")).startsWith("20110714153010");
  }

  @Test
  void machineListingHasExactSizesAndTimesInUtc() throws Exception {
    Path picture = Files.write(home.resolve("20110714153010.jpg"), BYTES);
    Files.setLastModifiedTime(picture, FileTime.from(Instant.parse("2011-07-14T15:30:10Z")));
    FTPClient client = login(started(EmbeddedFtpServer.at(home)));

    FTPFile[] files = client.mlistDir("/");

    assertThat(files).hasSize(1);
    assertThat(files[0].getName()).isEqualTo("20110714153010.jpg");
    assertThat(files[0].getSize()).isEqualTo(9);
    assertThat(files[0].getTimestamp().toInstant()).isEqualTo("2011-07-14T15:30:10Z");
  }

  @Test
  void machineListingShowsDotNames() throws Exception {
    Path folder = Files.createDirectories(home.resolve("2011 07"));
    Files.write(folder.resolve(".a.jpg.part"), BYTES);
    FTPClient client = login(started(EmbeddedFtpServer.at(home)));

    assertThat(client.mlistDir("2011 07")).extracting(FTPFile::getName).contains(".a.jpg.part");
    assertThat(client.changeWorkingDirectory("2011 07")).isTrue();
    assertThat(client.mlistDir()).extracting(FTPFile::getName).contains(".a.jpg.part");
  }

  @Test
  void extendedPassiveModeWorks() throws Exception {
    Files.write(home.resolve("a.jpg"), BYTES);
    FTPClient client = login(started(EmbeddedFtpServer.at(home)));
    client.setUseEPSVwithIPv4(true);

    assertThat(client.listNames()).containsExactly("a.jpg");
  }

  @Test
  void renamingNeverReplacesPicture() throws Exception {
    Files.write(home.resolve("a.part"), BYTES);
    Path picture = Files.writeString(home.resolve("a.jpg"), "older");
    FTPClient client = login(started(EmbeddedFtpServer.at(home)));

    assertThat(client.rename("a.part", "a.jpg")).isFalse();
    assertThat(client.getReplyCode()).isEqualTo(553);
    assertThat(picture).hasContent("older");
  }

  @Test
  void disabledCommandIsRefusedAndNotAmongTheFeatures() throws Exception {
    FTPClient full = login(started(EmbeddedFtpServer.at(home)));
    FTPClient lesser = login(started(EmbeddedFtpServer.at(home).without("MLSD", "mfmt")));

    assertThat(full.hasFeature("MLST")).isTrue();
    assertThat(full.hasFeature("MFMT")).isTrue();
    assertThat(lesser.hasFeature("MLST")).isFalse();
    assertThat(lesser.hasFeature("MFMT")).isFalse();
    assertThat(lesser.hasFeature("SIZE")).isTrue();
    assertThat(lesser.sendCommand("MLSD")).isEqualTo(502);
    assertThat(lesser.sendCommand("MFMT", "20110714153010 a.jpg")).isEqualTo(502);
    assertThat(lesser.sendCommand("NOOP")).isEqualTo(200);
  }

  @Test
  void oneLoginTooManyIsRefusedWith421() throws Exception {
    EmbeddedFtpServer server = started(EmbeddedFtpServer.at(home).maxLogins(2));
    login(server);
    login(server);

    FTPClient third = connect(server);
    assertThatThrownBy(() -> third.login("demo", "demo"))
        .isInstanceOf(FTPConnectionClosedException.class);
    assertThat(third.getReplyCode()).isEqualTo(421);
  }

  @Test
  void wrongPasswordAndAnonymousAreRefused() throws Exception {
    EmbeddedFtpServer server = started(EmbeddedFtpServer.at(home).user("cam", "secret"));

    assertThat(connect(server).login("cam", "demo")).isFalse();
    assertThat(connect(server).login("anonymous", "me@example.org")).isFalse();
    assertThat(connect(server).login("cam", "secret")).isTrue();
  }

  @Test
  void idleConnectionIsClosed() throws Exception {
    FTPClient client =
        login(started(EmbeddedFtpServer.at(home).idleTimeout(Duration.ofSeconds(1))));
    client.setSoTimeout(20_000);

    assertThatThrownBy(
            () -> {
              while (true) {
                client.getReply();
              }
            })
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(java.net.SocketTimeoutException.class);
  }

  @Test
  void closedServerDropsConnectionsAndListensNoMore() throws Exception {
    EmbeddedFtpServer server = started(EmbeddedFtpServer.at(home));
    FTPClient client = login(server);

    server.close();

    assertThatThrownBy(() -> client.sendCommand("NOOP")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> connect(server)).isInstanceOf(ConnectException.class);
  }

  @Test
  void homeMustBeFolder() {
    Path missing = home.resolve("missing");

    assertThatThrownBy(() -> EmbeddedFtpServer.start(missing, "demo", "demo"))
        .isInstanceOf(NotDirectoryException.class);
  }

  private EmbeddedFtpServer started(EmbeddedFtpServer.Builder builder) throws IOException {
    EmbeddedFtpServer server = builder.start();
    open.add(server);
    return server;
  }

  private FTPClient login(EmbeddedFtpServer server) throws IOException {
    FTPClient client = connect(server);
    assertThat(client.login("demo", "demo")).isTrue();
    client.enterLocalPassiveMode();
    client.setFileType(FTP.BINARY_FILE_TYPE);
    return client;
  }

  private FTPClient connect(EmbeddedFtpServer server) throws IOException {
    FTPClient client = new FTPClient();
    client.setControlEncoding("UTF-8");
    client.setDefaultTimeout(20_000);
    client.connect("127.0.0.1", server.port());
    open.add(client::disconnect);
    return client;
  }
}

package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.ftp.FTPFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault as a client meets it. */
final class FaultTest {
  private static final byte[] PICTURE = Trees.picture(7, 5000);
  private static final Duration SOON = Duration.ofMillis(150);

  private final ByteArrayOutputStream fetched = new ByteArrayOutputStream();
  private ScriptedFtpServer server;
  private FTPClient client;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedFtpServer.start();
    server.put("a/one.jpg", PICTURE, Instant.EPOCH);
    client = FtpClients.login(server);
  }

  @AfterEach
  void stop() throws IOException {
    client.disconnect();
    server.close();
  }

  @Test
  void faultsStrikeTheMeantCommandsInOrderAndOnlySoOften() throws IOException {
    ArmedFault first = server.fault("SIZE", path -> path.endsWith(".jpg"), 2, Fault.size(1));
    ArmedFault second = server.fault("SIZE", Integer.MAX_VALUE, Fault.reply("550 No."));

    assertThat(client.getSize("a/one.jpg")).isEqualTo("1");
    assertThat(client.sendCommand("SIZE", "a/one.raw")).isEqualTo(550);
    assertThat(client.getSize("a/one.jpg")).isEqualTo("1");
    assertThat(client.getSize("a/one.jpg")).isNull();
    second.disarm();
    assertThat(client.getSize("a/one.jpg")).isEqualTo("5000");
    assertThat(first.strikes()).isEqualTo(2);
    assertThat(second.strikes()).isEqualTo(2);
    assertThat(server.count("SIZE")).isEqualTo(5);
  }

  @Test
  void greetingsAndLoginsAreRefused() throws IOException {
    server.fault(ScriptedFtpServer.CONNECT, 1, Fault.refuse("421 Too busy."));
    assertThatThrownBy(() -> FtpClients.login(server))
        .isInstanceOf(FTPConnectionClosedException.class);

    server.fault("PASS", 1, Fault.reply("530 Login incorrect."));
    assertThatThrownBy(() -> FtpClients.login(server)).hasMessageContaining("530");
    FtpClients.login(server).disconnect();
  }

  @Test
  void aRefusedCommandIsNotDone() throws IOException {
    server.fault("DELE", 1, Fault.reply("550 Permission denied."));
    assertThat(client.deleteFile("a/one.jpg")).isFalse();

    server.fault("DELE", 1, Fault.drop());
    assertThatThrownBy(() -> client.deleteFile("a/one.jpg")).isInstanceOf(IOException.class);
    assertThat(server.paths()).containsExactly("a/one.jpg");
  }

  @Test
  void aDoneCommandMayLookUndone() throws IOException {
    server.fault("STOR", 1, Fault.doneButReplies("451 Local error."));
    assertThat(store("a/two.jpg")).isFalse();
    assertThat(server.file("a/two.jpg")).isEqualTo(PICTURE);

    server.fault("RNTO", 1, Fault.doneThenDrop());
    assertThatThrownBy(() -> client.rename("a/one.jpg", "a/three.jpg"))
        .isInstanceOf(IOException.class);
    assertThat(server.paths()).containsExactly("a/three.jpg", "a/two.jpg");
  }

  @Test
  void fetchesBreakOffWithAReplyWithoutOneAndWithALie() throws IOException {
    server.fault("RETR", 1, Fault.partial(100, "426 Connection closed."));
    assertThat(client.retrieveFile("a/one.jpg", fetched)).isFalse();
    assertFetched(100);

    server.fault("RETR", 1, Fault.truncate(100));
    assertThat(client.retrieveFile("a/one.jpg", fetched)).isTrue();
    assertFetched(100);

    server.fault("RETR", 1, Fault.partialThenReset(100, "426 Connection reset."));
    assertThatThrownBy(() -> client.retrieveFile("a/one.jpg", fetched))
        .isInstanceOf(IOException.class)
        .hasRootCauseInstanceOf(SocketException.class);
    assertThat(client.getReply()).isEqualTo(426);
    fetched.reset();

    server.fault("RETR", 1, Fault.partialThenDrop(100));
    assertThatThrownBy(() -> client.retrieveFile("a/one.jpg", fetched))
        .isInstanceOf(FTPConnectionClosedException.class);
    assertFetched(100);
  }

  @Test
  void storesBreakOffAndLeaveAPartBehind() throws IOException {
    server.fault("STOR", 1, Fault.partial(100, "451 Disk full."));
    assertThat(store("a/full.jpg")).isFalse();
    assertThat(client.getReplyCode()).isEqualTo(451);

    server.fault("STOR", 1, Fault.truncate(100));
    assertThat(store("a/short.jpg")).isTrue();

    server.fault("STOR", 1, Fault.partialThenDrop(100));
    assertThatThrownBy(() -> store("a/dropped.jpg")).isInstanceOf(IOException.class);

    for (String name : new String[] {"full", "short", "dropped"}) {
      assertThat(server.file("a/" + name + ".jpg")).isEqualTo(Arrays.copyOf(PICTURE, 100));
    }
  }

  @Test
  void aResetUploadReachesTheClientAsAnError() throws IOException {
    byte[] large = Trees.picture(8, 20_000_000);
    server.fault("STOR", 1, Fault.partialThenReset(100, "426 Connection reset."));

    assertThatThrownBy(() -> client.storeFile("a/big.jpg", new ByteArrayInputStream(large)))
        .hasRootCauseInstanceOf(SocketException.class);
    assertThat(client.getReply()).isEqualTo(426);
    assertThat(server.file("a/big.jpg")).hasSize(100);
  }

  @Test
  void silenceRunsIntoTheClientsTimeoutAndEndsWithIt() throws IOException {
    client.setSoTimeout((int) SOON.toMillis());
    server.fault("SIZE", 1, Fault.stall());
    assertThatThrownBy(() -> client.getSize("a/one.jpg"))
        .isInstanceOf(SocketTimeoutException.class);
    client.disconnect();
    await().until(() -> server.openConnections() == 0);

    client = FtpClients.login(server);
    client.setSoTimeout((int) SOON.toMillis());
    server.fault("RETR", 1, Fault.doneThenStall());
    assertThatThrownBy(() -> client.retrieveFile("a/one.jpg", fetched))
        .isInstanceOf(SocketTimeoutException.class);
    assertFetched(5000);

    client.disconnect();
    client = FtpClients.login(server);
    client.setDataTimeout(SOON);
    server.fault("RETR", 1, Fault.partialThenStall(100));
    assertThatThrownBy(() -> client.retrieveFile("a/one.jpg", fetched))
        .hasRootCauseInstanceOf(SocketTimeoutException.class);
    assertFetched(100);
  }

  @Test
  void lateRepliesComeIntact() throws IOException {
    server.fault("SIZE", 1, Fault.late(SOON));
    server.fault("RETR", 1, Fault.lateFinalReply(SOON));

    assertThat(client.getSize("a/one.jpg")).isEqualTo("5000");
    assertThat(client.retrieveFile("a/one.jpg", fetched)).isTrue();
    assertFetched(5000);
  }

  @Test
  void aGateHoldsACommandUntilTheTestOpensIt() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    ArmedFault held = server.fault("DELE", 1, Fault.after(gate, Fault.none()));
    Thread deleting = new Thread(() -> assertThat(delete()).isTrue());
    deleting.start();

    await().until(() -> held.strikes() == 1);
    assertThat(server.paths()).containsExactly("a/one.jpg");
    gate.countDown();
    deleting.join();
    assertThat(server.paths()).isEmpty();
  }

  @Test
  void listingsCarryLinesOfTheTestsChoice() throws IOException {
    String line = "-rw-r--r--    1 ftp      ftp                 3 Jul 14  2011 made up.jpg";
    server.fault("LIST", 1, Fault.listing(line));
    assertThat(client.listFiles("a")).extracting(FTPFile::getName).containsExactly("made up.jpg");

    server.fault("LIST", 1, Fault.listingPlus(line, "garbage"));
    assertThat(client.listFiles("a"))
        .filteredOn(file -> file != null)
        .extracting(FTPFile::getName)
        .containsExactly("one.jpg", "made up.jpg");

    server.fault("LIST", 1, Fault.partial(20, "426 Aborted."));
    assertThat(client.listFiles("a")).isEmpty();
  }

  @Test
  void closingTheServerEndsEveryWait() throws Exception {
    server.fault("NOOP", 1, Fault.stall());
    server.fault("SYST", 1, Fault.late(Duration.ofHours(1)));
    FTPClient other = FtpClients.login(server);
    Thread first = new Thread(() -> assertThatThrownBy(client::sendNoOp));
    Thread second = new Thread(() -> assertThatThrownBy(other::syst));
    first.start();
    second.start();
    await().until(() -> server.count("NOOP") + server.count("SYST") == 2);

    server.close();

    first.join();
    second.join();
  }

  @Test
  void aFaultThatNeverStrikesIsRefused() {
    assertThatThrownBy(() -> server.fault("LIST", 0, Fault.drop()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private boolean store(String path) throws IOException {
    return client.storeFile(path, new ByteArrayInputStream(PICTURE));
  }

  private boolean delete() {
    try {
      return client.deleteFile("a/one.jpg");
    } catch (IOException e) {
      return false;
    }
  }

  private void assertFetched(int bytes) {
    assertThat(fetched.toByteArray()).isEqualTo(Arrays.copyOf(PICTURE, bytes));
    fetched.reset();
  }
}

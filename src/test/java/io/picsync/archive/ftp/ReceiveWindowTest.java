package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.net.DefaultSocketFactory;
import org.junit.jupiter.api.Test;

final class ReceiveWindowTest {
  private final ReceiveWindow window = new ReceiveWindow();

  @Test
  void beforeTheFirstConnectionItIsTheSystems() {
    assertThat(window.bytes()).isZero();
  }

  @Test
  void farServerHasTheWindowThatGrows() {
    window.connected(Duration.ofMillis(50).toNanos());

    assertThat(window.bytes()).isZero();
  }

  @Test
  void oneQuickConnectionShowsThatTheServerIsNear() {
    window.connected(Duration.ofMillis(3).toNanos());
    window.connected(Duration.ofMillis(1).toNanos() - 1);
    window.connected(Duration.ofMillis(3).toNanos());

    assertThat(window.bytes()).isEqualTo(ReceiveWindow.NEAR_BYTES);
  }

  @Test
  void dataConnectionToANearServerTakesMoreThanTheSystemWouldBeginWith() throws IOException {
    try (ScriptedFtpServer ftp = ScriptedFtpServer.start();
        Socket usual = new Socket()) {
      ftp.put("a.jpg", new byte[10], Instant.EPOCH);
      FtpFacts facts = new FtpFacts("x");
      facts.receiveWindow().connected(1); // a busy machine may take longer for the first one
      PictureFtpClient client = new PictureFtpClient(facts);
      URI at = URI.create(ftp.uri());
      client.connect(at.getHost(), at.getPort());
      Deque<Socket> sockets = new ArrayDeque<>();
      client.setSocketFactory(
          new DefaultSocketFactory() {
            @Override
            public Socket createSocket() throws IOException {
              sockets.addLast(super.createSocket());
              return sockets.getLast();
            }
          });
      client.setDataTimeout(Duration.ofSeconds(30));
      client.enterLocalPassiveMode();
      assertThat(client.login(ScriptedFtpServer.USER, ScriptedFtpServer.PASSWORD)).isTrue();

      try (DataConnection data = client.openData("RETR", "/a.jpg")) {
        assertThat(data).isNotNull();
        assertThat(sockets.getLast().getReceiveBufferSize())
            .isGreaterThan(usual.getReceiveBufferSize());
      }

      client.disconnect();
    }
  }
}

package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session says to the thread that uses it after another one aborted it. */
class FtpSessionTest {
  private ScriptedFtpServer ftp;
  private FtpSession session;

  @BeforeEach
  void logIn() throws IOException {
    ftp = ScriptedFtpServer.start();
    FtpFacts facts = new FtpFacts("x");
    PictureFtpClient client = new PictureFtpClient(facts);
    URI at = URI.create(ftp.uri());
    client.connect(at.getHost(), at.getPort());
    client.setDataTimeout(Duration.ofSeconds(30));
    client.enterLocalPassiveMode();
    assertThat(client.login(ScriptedFtpServer.USER, ScriptedFtpServer.PASSWORD)).isTrue();
    session = new FtpSession(client, facts, "/");
  }

  @AfterEach
  void stop() throws IOException {
    session.close();
    ftp.close();
  }

  @Test
  void abortedInATransferItFailsAsABrokenConnectionDoes() throws IOException {
    assertThat(session.openData("STOR", "/a.jpg")).isPresent();

    session.abort();

    assertThatThrownBy(session::recover).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> session.dialogue().command("DELE", "/a.jpg"))
        .isInstanceOf(IOException.class);
    assertThat(session.isReusable()).isFalse();
  }

  @Test
  void abortedBetweenCommandsItFailsAsABrokenConnectionDoes() {
    session.abort();

    assertThatThrownBy(() -> session.openData("RETR", "/a.jpg")).isInstanceOf(IOException.class);
    assertThat(session.answers()).isFalse();
    assertThat(session.isReusable()).isFalse();
  }

  @Test
  void closedItFailsAsABrokenConnectionDoes() {
    session.close();

    assertThat(session.isReusable()).isFalse();
    assertThatThrownBy(() -> session.dialogue().command("NOOP", null))
        .isInstanceOf(IOException.class);
  }
}

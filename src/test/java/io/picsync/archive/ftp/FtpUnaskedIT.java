package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Stored;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small picture is sent with STOR, before the server says that it may come. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpUnaskedIT {
  private static final String FIRST = "20110714/20110714153000.jpg";
  private static final String NEXT = "20110714/20110714153010.jpg";
  private static final byte[] SMALL = Trees.picture(1, 60_000);

  private ScriptedArchive archive;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), 1, spool);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  private void theFolderTookAPicture() throws IOException {
    assertThat(archive.store(FIRST, SMALL)).isEqualTo(Stored.STORED);
    archive.ftp.delete("cam/" + FIRST);
  }

  /** Says nothing before it has the whole picture; who waits for its word waits in vain. */
  private ArmedFault silentUntilItHas(int bytes) {
    return archive.ftp.fault(
        "STOR",
        1,
        command -> {
          command.acceptData();
          command.receive(bytes);
          command.reply("150 Opening data connection.");
          command.finishData();
          command.reply("226 Transfer complete.");
        });
  }

  @Test
  void picturesBehindTheFirstOfAFolderFollowStorAtOnce() throws IOException {
    theFolderTookAPicture();
    ArmedFault silent = silentUntilItHas(SMALL.length);

    assertThat(archive.store(NEXT, SMALL)).isEqualTo(Stored.STORED);

    assertThat(silent.strikes()).isEqualTo(1);
    assertThat(archive.files()).containsExactly(NEXT);
    assertThat(archive.ftp.file("cam/" + NEXT)).isEqualTo(SMALL);
  }

  @Test
  void firstPictureOfAFolderWaits() {
    silentUntilItHas(SMALL.length);

    assertThatThrownBy(() -> archive.store(FIRST, SMALL)).isInstanceOf(PassingException.class);
  }

  @Test
  void pictureThatSocketsMightNotHoldWaits() throws IOException {
    theFolderTookAPicture();
    byte[] larger = Trees.picture(2, 192 * 1024 + 1);
    silentUntilItHas(larger.length);

    assertThatThrownBy(() -> archive.store(NEXT, larger)).isInstanceOf(PassingException.class);
  }

  @ParameterizedTest
  @MethodSource({
    "io.picsync.archive.ftp.FtpFaults#storing",
    "io.picsync.archive.ftp.FtpFaults#publishing"
  })
  void smallPictureIsStoredWholeOrNotAtAll(FaultRow row) throws IOException {
    theFolderTookAPicture();
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    if (row.verdict() == FaultRow.Verdict.WHOLE) {
      assertThat(archive.store(NEXT, SMALL)).isEqualTo(Stored.STORED);
      assertThat(archive.ftp.file("cam/" + NEXT)).isEqualTo(SMALL);
      archive.ftp.delete("cam/" + NEXT);
    } else {
      assertThatThrownBy(() -> archive.store(NEXT, SMALL))
          .isInstanceOf(row.verdict().kind())
          .hasMessageContaining("cam/" + NEXT)
          .hasMessageContaining("server x");
    }

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).isEmpty();
    assertThat(archive.store(NEXT, SMALL)).isEqualTo(Stored.STORED);
    assertThat(archive.files()).containsExactly(NEXT);
    assertThat(archive.ftp.file("cam/" + NEXT)).isEqualTo(SMALL);
  }

  /**
   * A server may keep the connection whose bytes it refused, and take it for the next picture's.
   */
  @ParameterizedTest
  @ValueSource(strings = {"450 Busy.", "501 Bad name.", "553 Denied."})
  void refusalEndsTheConnectionAndTheNextPictureWaits(String refusal) throws IOException {
    theFolderTookAPicture();
    int logins = archive.ftp.count("USER");
    archive.ftp.fault("STOR", 1, Fault.reply(refusal));

    assertThatThrownBy(() -> archive.store(NEXT, SMALL))
        .isInstanceOf(refusal.startsWith("4") ? PassingException.class : RefusedException.class)
        .hasMessageContaining("was not accepted")
        .hasMessageContaining(refusal);

    assertThat(archive.store(NEXT, SMALL)).isEqualTo(Stored.STORED);
    assertThat(archive.ftp.count("USER")).isEqualTo(logins + 1);
    archive.ftp.delete("cam/" + NEXT);
    silentUntilItHas(SMALL.length);
    assertThatThrownBy(() -> archive.store(NEXT, SMALL)).isInstanceOf(PassingException.class);
  }

  /** Something between may let bytes through only once it saw the server's word. */
  @Test
  void bytesThatAreLostOnTheirWayAreNotSentUnaskedAgain() throws IOException {
    theFolderTookAPicture();
    archive.ftp.fault("STOR", 1, Fault.truncate(0));

    assertThatThrownBy(() -> archive.store(NEXT, SMALL)).isInstanceOf(PassingException.class);

    assertThat(archive.files()).isEmpty();
    silentUntilItHas(SMALL.length);
    assertThatThrownBy(() -> archive.store(NEXT, SMALL)).isInstanceOf(PassingException.class);
  }

  @Test
  void folderThatIsGoneIsMadeForTheNextTry() throws IOException {
    theFolderTookAPicture();
    ArmedFault refused = archive.ftp.fault("STOR", 1, Fault.reply("553 No such folder."));
    ArmedFault gone = archive.ftp.fault("CWD", 1, Fault.reply("550 No such folder."));

    assertThatThrownBy(() -> archive.store(NEXT, SMALL))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("for want of its folder");

    assertThat(refused.strikes() + gone.strikes()).isEqualTo(2);
    assertThat(archive.store(NEXT, SMALL)).isEqualTo(Stored.STORED);
    assertThat(archive.files()).containsExactly(NEXT);
  }
}

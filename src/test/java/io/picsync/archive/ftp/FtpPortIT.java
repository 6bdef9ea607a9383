package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.PassingException;
import io.picsync.archive.Stored;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of a data connection that is asked for before it is needed. */
final class FtpPortIT {
  private static final String ONE = "20110714/20110714153010.jpg";
  private static final String TWO = "20110714/20110714153020.jpg";
  private static final String THREE = "20110714/20110714153030.jpg";
  private static final byte[] PICTURE = Trees.picture(3, 300_000);

  private ScriptedArchive archive;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.startWithout("EPSV"), 1, spool);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  private List<String> verbs() {
    return archive.ftp.calls().stream().map(call -> call.verb()).toList();
  }

  private void faultOfSecondPort(Fault fault) {
    AtomicInteger asked = new AtomicInteger();
    archive.ftp.fault(
        "PASV",
        2,
        command -> (asked.incrementAndGet() == 2 ? fault : Fault.none()).strike(command));
  }

  @Test
  void portOfTheNextPictureIsAskedForTogetherWithTheLastCommandsOfOne() throws IOException {
    archive.store(ONE, PICTURE);
    archive.ftp.clearCalls();

    assertThat(archive.store(TWO, PICTURE)).isEqualTo(Stored.STORED);

    assertThat(verbs())
        .containsExactly("STOR", "SIZE", "MFMT", "SIZE", "RNFR", "RNTO", "SIZE", "PASV");
    assertThat(archive.ftp.file("cam/" + TWO)).isEqualTo(PICTURE);
  }

  @Test
  void portOfAFetchIsAskedForTogetherWithItsLook() throws IOException {
    byte[] picture = archive.put(ONE, 300_000);
    archive.list("20110714");
    archive.ftp.clearCalls();

    assertThat(archive.fetch(ONE, picture.length)).isEqualTo(picture);

    assertThat(verbs()).containsExactly("MDTM", "PASV", "RETR");
  }

  @Test
  void portThatIsClosedWhenItIsNeededCostsNoPictureAndIsNotAskedForSoonAgain() throws IOException {
    faultOfSecondPort(Fault.reply("227 Entering Passive Mode (127,0,0,1,0,1)."));
    archive.store(ONE, PICTURE);

    assertThat(archive.store(TWO, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.ftp.file("cam/" + TWO)).isEqualTo(PICTURE);
    archive.ftp.clearCalls();

    assertThat(archive.store(THREE, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(verbs())
        .containsExactly("PASV", "STOR", "SIZE", "MFMT", "SIZE", "RNFR", "RNTO", "SIZE");
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void portThatIsRefusedBeforehandIsAskedForWhenItIsNeeded() throws IOException {
    faultOfSecondPort(Fault.reply("425 Not now."));
    archive.store(ONE, PICTURE);

    assertThat(archive.store(TWO, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.ftp.file("cam/" + TWO)).isEqualTo(PICTURE);
  }

  @Test
  void replyWithoutAPortIsNoneAndThePictureIsDone() throws IOException {
    faultOfSecondPort(Fault.reply("227 Entering Passive Mode."));

    assertThat(archive.store(ONE, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.store(TWO, PICTURE)).isEqualTo(Stored.STORED);
  }

  @Test
  void serverThatHangsUpInsteadLosesNoPictureAndIsAskedOneByOneThen() throws IOException {
    faultOfSecondPort(Fault.drop());

    assertThatThrownBy(() -> archive.store(ONE, PICTURE)).isInstanceOf(PassingException.class);

    assertThat(archive.store(ONE, PICTURE)).isEqualTo(Stored.ALREADY_THERE);
    archive.ftp.clearCalls();
    assertThat(archive.store(TWO, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(verbs()).doesNotContainSequence("SIZE", "PASV").contains("PASV");
    assertThat(archive.files()).containsExactly(ONE, TWO);
  }
}

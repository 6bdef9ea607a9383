package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.CancelledException;
import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Spool;
import io.picsync.archive.UnsettledException;
import io.picsync.archive.VanishedException;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is fetched whole or not at all, whatever the server does. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpFetchFaultIT {
  private static final String PATH = "20110714/a.jpg";
  private static final int SIZE = 300_000;

  private ScriptedArchive archive;
  private byte[] picture;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), 2, spool);
    picture = archive.put(PATH, SIZE);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#fetching")
  void pictureIsFetchedWholeOrNotAtAll(FaultRow row) throws IOException {
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    if (row.verdict() == FaultRow.Verdict.WHOLE) {
      assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
    } else {
      assertThatThrownBy(() -> archive.fetch(PATH, SIZE))
          .isInstanceOf(row.verdict().kind())
          .hasMessageContaining("cam/" + PATH)
          .hasMessageContaining("server x");
    }

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.spooled()).isEmpty();
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
  }

  @Test
  void pictureThatIsGoneHasVanished() throws IOException {
    archive.ftp.delete("cam/" + PATH);

    assertThatThrownBy(() -> archive.fetch(PATH, SIZE)).isInstanceOf(VanishedException.class);

    assertThat(archive.ftp.count("RETR")).isEqualTo(1);
    archive.put(PATH, SIZE);
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void pictureOfWhichNobodyKnowsWhetherItIsThereIsNotCalledVanished() throws IOException {
    ArmedFault refused = archive.ftp.fault("RETR", 1, Fault.reply("550 Failed."));
    ArmedFault unknown = archive.ftp.fault("SIZE", 1, Fault.reply("500 Unknown command."));

    assertThatThrownBy(() -> archive.fetch(PATH, SIZE)).isInstanceOf(RefusedException.class);

    assertThat(refused.strikes() + unknown.strikes()).isEqualTo(2);
  }

  @Test
  void pictureThatIsAnotherOneNowIsNotCalledCutShort() throws IOException {
    archive.put(PATH, SIZE - 1000);

    assertThatThrownBy(() -> archive.fetch(PATH, SIZE))
        .isInstanceOf(UnsettledException.class)
        .hasMessageContaining("listed with %d bytes and has %d".formatted(SIZE, SIZE - 1000));

    assertThat(archive.ftp.count("SIZE")).isEqualTo(1);
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 No.", "213 much", "500 Unknown command."})
  void pictureIsCutShortWhereNoSizeIsToldThatExplainsIt(String reply) throws IOException {
    archive.put(PATH, SIZE - 1000);
    archive.ftp.fault("SIZE", 1, Fault.reply(reply));

    assertThatThrownBy(() -> archive.fetch(PATH, SIZE))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("cut short");
    assertThat(archive.spooled()).isEmpty();
  }

  @Test
  void timeThatTheServerDoesNotTellIsNoReasonToFail() throws IOException {
    ArmedFault unknown = archive.ftp.fault("MDTM", 1, Fault.reply("500 Unknown command."));

    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);

    assertThat(unknown.strikes()).isEqualTo(1);
    assertThat(archive.ftp.count("MDTM")).isEqualTo(1);
  }

  @Test
  void timeThatTheServerDoesNotTellNowIsAskedAgain(@TempDir Path spool) throws IOException {
    ArmedFault refused = archive.ftp.fault("MDTM", 2, Fault.reply("450 Not now."));

    assertThat(
            archive
                .server
                .fetch(ScriptedArchive.at(PATH), SIZE, new Spool(spool, SIZE), () -> false)
                .modified())
        .isEqualTo(ScriptedArchive.TAKEN);

    assertThat(refused.strikes()).isEqualTo(2);
  }

  @Test
  void cancelledFetchBeginsNothing() throws IOException {
    Spool spool = new Spool(Path.of("/none"), SIZE);

    assertThatThrownBy(
            () -> archive.server.fetch(ScriptedArchive.at(PATH), SIZE, spool, () -> true))
        .isInstanceOf(CancelledException.class);

    assertThat(archive.ftp.count("RETR")).isZero();
    assertThat(archive.server.openConnections()).isZero();
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
  }

  @Test
  void cancelledFetchGivesItsConnectionUpAndTheNextOneWorks() throws IOException {
    Spool spool = new Spool(Path.of("/none"), SIZE);
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                archive.server.fetch(
                    ScriptedArchive.at(PATH), SIZE, spool, () -> looks.incrementAndGet() > 2))
        .isInstanceOf(CancelledException.class);

    assertThat(archive.server.openConnections()).isZero();
    assertThat(archive.fetch(PATH, SIZE)).isEqualTo(picture);
  }
}

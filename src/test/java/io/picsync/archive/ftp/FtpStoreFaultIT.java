package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureExistsException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Stored;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.FtpCall;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is visible whole or not at all, and no temporary file stays, whatever happens. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpStoreFaultIT {
  private static final String PATH = "20110714/a.jpg";
  private static final byte[] PICTURE = Trees.picture(1, 300_000);

  /** More than sockets hold, so that a server which reads no further is noticed. */
  private static final byte[] LARGE = Trees.picture(2, 20_000_000);

  private ScriptedArchive archive;

  @BeforeEach
  void start(@TempDir Path spool) throws IOException {
    archive = new ScriptedArchive(ScriptedFtpServer.start(), 2, spool);
  }

  @AfterEach
  void stop() throws IOException {
    archive.close();
  }

  @ParameterizedTest
  @MethodSource({
    "io.picsync.archive.ftp.FtpFaults#storing",
    "io.picsync.archive.ftp.FtpFaults#publishing"
  })
  void pictureIsStoredWholeOrNotAtAll(FaultRow row) throws IOException {
    isStoredWholeOrNotAtAll(row, PICTURE);
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#storingLarge")
  void largePictureIsStoredWholeOrNotAtAll(FaultRow row) throws IOException {
    isStoredWholeOrNotAtAll(row, LARGE);
  }

  private void isStoredWholeOrNotAtAll(FaultRow row, byte[] picture) throws IOException {
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    if (row.verdict() == FaultRow.Verdict.WHOLE) {
      assertThat(archive.store(PATH, picture)).isEqualTo(Stored.STORED);
      isVisibleWhole();
      archive.ftp.delete("cam/" + PATH);
    } else {
      assertThatThrownBy(() -> archive.store(PATH, picture))
          .isInstanceOf(row.verdict().kind())
          .hasMessageContaining("cam/" + PATH)
          .hasMessageContaining("server x");
    }

    assertThat(armed.strikes()).isEqualTo(1);
    nothingIsLeftAndTheNextStoreWorks();
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#readingBack")
  void pictureThatIsReadBackIsStoredWholeOrNotAtAll(FaultRow row) throws IOException {
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    if (row.verdict() == FaultRow.Verdict.WHOLE) {
      assertThat(archive.storeAndReadBack(PATH, PICTURE)).isIn(Stored.READ_BACK, Stored.STORED);
      isVisibleWhole();
      archive.ftp.delete("cam/" + PATH);
    } else {
      assertThatThrownBy(() -> archive.storeAndReadBack(PATH, PICTURE))
          .isInstanceOf(row.verdict().kind())
          .hasMessageContaining("cam/" + PATH)
          .hasMessageContaining("server x");
    }

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).isEmpty();
    assertThat(archive.storeAndReadBack(PATH, PICTURE)).isEqualTo(Stored.READ_BACK);
    isVisibleWhole();
  }

  /** One that may only be written to: what it does not give back is no picture's fault. */
  @Test
  void serverThatGivesNothingBackIsVerifiedByWhatItTells() throws IOException {
    archive.ftp.fault("RETR", 100, Fault.reply("550 Permission denied."));

    assertThat(archive.storeAndReadBack(PATH, PICTURE)).isEqualTo(Stored.STORED);

    isVisibleWhole();
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 Denied.", "551 Denied.", "553 Denied."})
  void refusalThatMayMeanAMissingFolderIsAskedTwiceAndTheContentReadOnce(String reply)
      throws IOException {
    ArmedFault once = archive.ftp.fault("STOR", 1, Fault.reply(reply));
    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(once.strikes()).isEqualTo(1);
    archive.ftp.delete("cam/" + PATH);

    ArmedFault twice = archive.ftp.fault("STOR", 2, Fault.reply(reply));
    assertThatThrownBy(() -> archive.store(PATH, PICTURE)).isInstanceOf(RefusedException.class);

    assertThat(twice.strikes()).isEqualTo(2);
    nothingIsLeftAndTheNextStoreWorks();
  }

  @ParameterizedTest
  @ValueSource(ints = {300_000, 20_000_000})
  void folderThatIsMissedOnlyAfterTheBytesIsMadeForTheNextTry(int size) throws IOException {
    byte[] picture = Trees.picture(3, size);
    assertThat(archive.store("20110715/a.jpg", PICTURE)).isEqualTo(Stored.STORED);
    archive.ftp.delete("cam/20110715/a.jpg");
    ArmedFault gone =
        archive.ftp.fault("CWD", path -> path.endsWith("20110715"), 1, Fault.reply("550 Gone."));
    ArmedFault late = archive.ftp.fault("STOR", 1, lateRefusal("551 Error on output file."));

    assertThatThrownBy(() -> archive.store("20110715/a.jpg", picture))
        .isInstanceOf(PassingException.class);

    assertThat(gone.strikes() + late.strikes()).isEqualTo(2);
    nothingIsLeftAndTheNextStoreWorks();
  }

  /** As Apache FtpServer does: 150, then the data connection is closed unread, then the reply. */
  private static Fault lateRefusal(String line) {
    return command -> {
      command.openData();
      command.resetData();
      command.reply(line);
    };
  }

  /** vsftpd does what was sent behind a STOR that failed: half a picture would get its name. */
  @Test
  void nothingIsSentBehindStorBeforeItsFinalReply() throws IOException {
    ArmedFault failed = archive.ftp.fault("STOR", 1, Fault.partial(1000, "451 Write error."));

    assertThatThrownBy(() -> archive.store(PATH, PICTURE)).isInstanceOf(PassingException.class);

    assertThat(failed.strikes()).isEqualTo(1);
    assertThat(archive.verbsBehind("STOR")).containsExactly("DELE");
  }

  @Test
  void serverThatSilentlyRenamesElsewhereIsFoundOut() throws IOException {
    ArmedFault armed =
        archive.ftp.fault(
            "RNTO",
            1,
            command -> {
              String part = archive.ftp.paths().first();
              byte[] bytes = Objects.requireNonNull(archive.ftp.file(part));
              archive.ftp.delete(part);
              archive.ftp.put("cam/20110714/a_1.jpg", bytes, ScriptedArchive.TAKEN);
              command.reply("250 Renamed.");
            });

    assertThatThrownBy(() -> archive.store(PATH, PICTURE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("is not there with 300000 bytes under its name");

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).containsExactly("20110714/a_1.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 Exists.", "553 Exists."})
  void pictureThatAppearsRightBeforeTheRenameIsLeftAsItIs(String refusal) throws IOException {
    ArmedFault armed =
        archive.ftp.fault(
            "RNTO",
            1,
            command -> {
              archive.put(PATH, 10);
              command.reply(refusal);
            });

    assertThatThrownBy(() -> archive.store(PATH, PICTURE))
        .isInstanceOf(PictureExistsException.class);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).containsExactly(PATH);
    assertThat(archive.ftp.file("cam/" + PATH)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 300_000})
  void pictureThatAppearsWhileTheBytesMoveIsLeftAsItIs(int size) throws IOException {
    ArmedFault armed =
        archive.ftp.fault(
            "STOR",
            1,
            command -> {
              archive.put(PATH, size);
              command.proceed();
            });

    if (size == PICTURE.length) {
      assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.ALREADY_THERE);
    } else {
      assertThatThrownBy(() -> archive.store(PATH, PICTURE))
          .isInstanceOf(PictureExistsException.class);
    }

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.files()).containsExactly(PATH);
    assertThat(archive.ftp.file("cam/" + PATH)).isEqualTo(Trees.picture(7, size));
    assertThat(archive.ftp.calls())
        .noneMatch(call -> call.verb().equals("RNTO") && call.argument().endsWith(PATH));
  }

  @Test
  void renameWhoseReplyIsLostIsFoundDoneAtTheNextTry() throws IOException {
    ArmedFault armed = archive.ftp.fault("RNTO", 1, Fault.doneThenDrop());

    assertThatThrownBy(() -> archive.store(PATH, PICTURE)).isInstanceOf(PassingException.class);

    assertThat(armed.strikes()).isEqualTo(1);
    isVisibleWhole();
    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.ALREADY_THERE);
    isVisibleWhole();
  }

  @Test
  void renameThatCanNotBeVerifiedNowIsFoundDoneAtTheNextTry() throws IOException {
    AtomicInteger sizes = new AtomicInteger();
    archive.ftp.fault(
        "SIZE",
        3,
        command -> {
          if (sizes.incrementAndGet() == 3) { // of the part, of the picture, after the rename
            command.reply("450 Not now.");
          } else {
            Fault.none().strike(command);
          }
        });

    assertThatThrownBy(() -> archive.store(PATH, PICTURE)).isInstanceOf(PassingException.class);

    isVisibleWhole();
    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.ALREADY_THERE);
    isVisibleWhole();
  }

  @Test
  void timeThatIsRefusedForNowIsSetAllTheSame() throws IOException {
    ArmedFault armed = archive.ftp.fault("MFMT", 2, Fault.reply("450 Not now."));

    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.ftp.modified("cam/" + PATH)).isEqualTo(ScriptedArchive.TAKEN);
    assertThat(archive.store("20110714/b.jpg", PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.ftp.modified("cam/20110714/b.jpg")).isEqualTo(ScriptedArchive.TAKEN);

    assertThat(armed.strikes()).isEqualTo(2);
  }

  @Test
  void serverThatSetsNoTimesStoresAllTheSameAndIsAskedOnce() throws IOException {
    ArmedFault armed = archive.ftp.fault("MFMT", 1, Fault.reply("550 Not allowed."));

    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    assertThat(archive.store("20110714/b.jpg", PICTURE)).isEqualTo(Stored.STORED);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.count("MFMT")).isEqualTo(1);
    assertThat(archive.ftp.calls())
        .filteredOn(call -> call.verb().equals("MDTM"))
        .extracting(FtpCall::argument)
        .isEmpty();
  }

  @Test
  void serverThatSetsTimesByMdtmIsAskedSo(@TempDir Path spool) throws IOException {
    try (ScriptedArchive lesser =
        new ScriptedArchive(ScriptedFtpServer.startWithout("MFMT", "MLSD"), 1, spool)) {
      assertThat(lesser.store(PATH, PICTURE)).isEqualTo(Stored.STORED);

      assertThat(lesser.ftp.modified("cam/" + PATH)).isEqualTo(ScriptedArchive.TAKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 Denied.", "553 Denied."})
  void folderThatCanNotBeMadeIsToldBeforeAByteIsSent(String reply) throws IOException {
    ArmedFault armed = archive.ftp.fault("MKD", 1, Fault.reply(reply));

    assertThatThrownBy(() -> archive.store("20110715/a.jpg", PICTURE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cam/20110715")
        .hasMessageContaining(reply);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.count("STOR")).isZero();
    assertThat(archive.store("20110715/a.jpg", PICTURE)).isEqualTo(Stored.STORED);
  }

  @Test
  void fullDiskIsToldWhenAFolderIsMade() throws IOException {
    ArmedFault armed = archive.ftp.fault("MKD", 1, Fault.reply("552 Quota exceeded."));

    assertThatThrownBy(() -> archive.store("20110715/a.jpg", PICTURE))
        .isInstanceOf(NoSpaceException.class);

    assertThat(armed.strikes()).isEqualTo(1);
  }

  @Test
  void folderThatAnotherMakesInThisMomentIsFine() throws IOException {
    ArmedFault armed =
        archive.ftp.fault("MKD", 1, Fault.doneButReplies("550 It is there already."));

    assertThat(archive.store("20110715/a.jpg", PICTURE)).isEqualTo(Stored.STORED);

    assertThat(armed.strikes()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop", "stall"})
  void temporaryFileGoesAlsoAtTheLimitOfOneConnection(String how, @TempDir Path spool)
      throws IOException {
    try (ScriptedArchive narrow = new ScriptedArchive(ScriptedFtpServer.start(), 2, spool)) {
      narrow.ftp.maxConnections(1);
      ArmedFault armed =
          narrow.ftp.fault(
              "STOR", 1, how.equals("drop") ? Fault.doneThenDrop() : Fault.doneThenStall());
      // the server notices late that the broken connection is gone
      ArmedFault refused =
          narrow.ftp.fault("CONNECT", n -> armed.strikes() > 0, 1, Fault.refuse("421 Too many."));

      assertThatThrownBy(() -> narrow.store(PATH, PICTURE)).isInstanceOf(PassingException.class);
      while (!narrow.files().contains("20110714/b.jpg")) {
        try {
          narrow.store("20110714/b.jpg", PICTURE);
        } catch (PassingException e) {
          assertThat(e).hasMessageContaining("421");
        }
      }

      assertThat(armed.strikes()).isEqualTo(1);
      assertThat(refused.strikes()).isEqualTo(1);
      assertThat(narrow.files()).containsExactly("20110714/b.jpg");
    }
  }

  @Test
  void temporaryFileThatMayNotBeRemovedNowIsRemovedLater() throws IOException {
    ArmedFault cut = archive.ftp.fault("STOR", 1, Fault.partial(1000, "426 Cut."));
    ArmedFault busy = archive.ftp.fault("DELE", 3, Fault.reply("450 Busy."));

    assertThatThrownBy(() -> archive.store(PATH, PICTURE)).isInstanceOf(PassingException.class);
    for (int i = 0; i < 3; i++) {
      archive.list("20110714");
    }

    assertThat(cut.strikes()).isEqualTo(1);
    assertThat(busy.strikes()).isEqualTo(3);
    nothingIsLeftAndTheNextStoreWorks();
  }

  private void nothingIsLeftAndTheNextStoreWorks() throws IOException {
    assertThat(archive.files()).isEmpty();
    assertThat(archive.store(PATH, PICTURE)).isEqualTo(Stored.STORED);
    isVisibleWhole();
  }

  private void isVisibleWhole() {
    assertThat(archive.files()).containsExactly(PATH);
    assertThat(archive.ftp.file("cam/" + PATH)).isEqualTo(PICTURE);
    assertThat(archive.ftp.modified("cam/" + PATH)).isEqualTo(ScriptedArchive.TAKEN);
  }
}

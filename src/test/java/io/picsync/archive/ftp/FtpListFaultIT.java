package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Listing;
import io.picsync.archive.PassingException;
import io.picsync.archive.Picture;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.FtpCall;
import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder is never told shorter than it is, whatever the server does. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpListFaultIT {
  private static final String FOLDER = "20110714";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path spool;

  @BeforeEach
  void makeSpool(@TempDir Path folder) {
    spool = folder;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#listing")
  void folderIsToldWholeOrNotTrusted(FaultRow row) throws IOException {
    ScriptedArchive archive = archiveListedBy(row.verb());
    ArmedFault armed = archive.ftp.fault(row.verb(), 1, row.fault());

    switch (row.verdict()) {
      case WHOLE -> isToldWhole(archive);
      case UNTRUSTED -> assertThat(archive.list(FOLDER)).isInstanceOf(Listing.Untrusted.class);
      default ->
          assertThatThrownBy(() -> archive.list(FOLDER))
              .isInstanceOf(row.verdict().kind())
              .hasMessageContaining("cam/" + FOLDER)
              .hasMessageContaining("server x");
    }

    assertThat(armed.strikes()).isEqualTo(1);
    isToldWhole(archive);
    isToldWhole(archive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 -a: No such file.", "501 No options here."})
  void serverThatDoesNotKnowListWithAnOptionIsAskedWithout(String refusal) throws IOException {
    ScriptedArchive archive = archive(ScriptedFtpServer.startWithout("MLSD"));
    ArmedFault armed =
        archive.ftp.fault("LIST", "-a"::equals, Integer.MAX_VALUE, Fault.reply(refusal));

    isToldWhole(archive);
    isToldWhole(archive);

    assertThat(armed.strikes()).as("tries, until it is known").isEqualTo(1);
  }

  @Test
  void serverThatTakesTheOptionForANameIsAskedWithout() throws IOException {
    ScriptedArchive archive = archive(ScriptedFtpServer.startWithout("MLSD"));
    ArmedFault armed =
        archive.ftp.fault(
            "LIST", "-a"::equals, Integer.MAX_VALUE, Fault.listing("ls: -a: not found"));

    isToldWhole(archive);
    isToldWhole(archive);

    assertThat(armed.strikes()).as("tries, until it is known").isEqualTo(1);
  }

  @Test
  void hiddenNamesAreToldToo() throws IOException {
    ScriptedArchive archive = archive(ScriptedFtpServer.startWithout("MLSD"));
    archive.put(FOLDER + "/.d.jpg", 5);

    assertThat(((Listing.Trusted) archive.list(FOLDER)).pictures())
        .extracting(Picture::name)
        .containsExactly(".d.jpg", "a.jpg", "b.jpg", "c.jpg");
  }

  @Test
  void serverThatOffersMlsdAndDoesNotKnowItIsAskedByList() throws IOException {
    ScriptedArchive archive = archiveListedBy("MLSD");
    ArmedFault armed = archive.ftp.fault("MLSD", 1, Fault.reply("500 Unknown command."));

    isToldWhole(archive);
    isToldWhole(archive);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.count("MLSD")).isEqualTo(1);
    assertThat(archive.ftp.count("LIST")).isEqualTo(2);
  }

  @Test
  void statIsAskedOnceItToldTheSameAsList() throws IOException {
    ScriptedArchive archive = archiveListedBy("STAT");
    assertThat(archive.ftp.counts()).containsEntry("LIST", 1).containsEntry("STAT", 1);
    archive.put(FOLDER + "/.d.jpg", 5);
    archive.ftp.clearCalls();

    Listing listing = archive.list(FOLDER);

    assertThat(((Listing.Trusted) listing).pictures()).hasSize(4);
    assertThat(archive.ftp.calls()).extracting(FtpCall::verb).containsExactly("CWD", "STAT");
    assertThat(archive.list("20110715")).isEqualTo(new Listing.Missing("20110715"));
  }

  @Test
  void statThatTellsOtherEntriesThanListIsNotAskedAgain() throws IOException {
    ScriptedArchive archive = archive(ScriptedFtpServer.startWithStat());
    ArmedFault armed =
        archive.ftp.fault(
            "STAT",
            Integer.MAX_VALUE,
            Fault.reply(
                "213-Status follows:\r\ndrwxr-xr-x 2 ftp ftp 0 Jul 14 2011 .\r\n213 End of status"));

    for (int time = 0; time < 6; time++) {
      isToldWhole(archive);
    }

    assertThat(armed.strikes()).as("folders that were told by both").isEqualTo(3);
    assertThat(archive.ftp.count("LIST")).isEqualTo(6);
  }

  @Test
  void connectionThatBreaksWhileStatIsTriedTakesNothingFromWhatListTold() throws IOException {
    ScriptedArchive archive = archive(ScriptedFtpServer.startWithStat());
    ArmedFault armed = archive.ftp.fault("STAT", 1, Fault.drop());

    isToldWhole(archive);
    isToldWhole(archive);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.count("LIST")).isEqualTo(2);
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(2);
  }

  @Test
  void statGoesByItselfWhereCommandsGoOneByOne() throws IOException {
    ScriptedArchive archive = archiveListedBy("STAT");
    archive.ftp.fault("CWD", 1, Fault.drop());
    assertThatThrownBy(() -> archive.list(FOLDER)).isInstanceOf(PassingException.class);

    isToldWhole(archive);
    isToldWhole(archive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "MLSD", "STAT"})
  void folderThatMayNotBeEnteredIsNotMissing(String verb) throws IOException {
    ScriptedArchive archive = archiveListedBy(verb);
    int times = verb.equals("STAT") ? 2 : 1; // once with STAT, which leaves the rest to LIST
    ArmedFault armed =
        archive.ftp.fault(
            "CWD", path -> path.endsWith(FOLDER), times, Fault.reply("550 Forbidden."));

    assertThat(archive.list(FOLDER))
        .isEqualTo(new Listing.Untrusted(FOLDER, "it may not be entered: 550 Forbidden"));

    assertThat(armed.strikes()).isEqualTo(times);
    isToldWhole(archive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "MLSD"})
  void folderIsNotMissingWhenItsParentIsNotToldWhole(String verb) throws IOException {
    ScriptedArchive archive = archiveListedBy(verb);
    ArmedFault armed = archive.ftp.fault(verb, 1, Fault.truncate(40));

    assertThat(archive.list("20110715")).isInstanceOf(Listing.Untrusted.class);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.list("20110715")).isEqualTo(new Listing.Missing("20110715"));
  }

  @ParameterizedTest
  @MethodSource("io.picsync.archive.ftp.FtpFaults#beforeListing")
  void failureBeforeTheListingPasses(FaultRow row) throws IOException {
    ScriptedArchive archive = archiveListedBy("MLSD");
    boolean askedTwice = row.verb().equals("PASV"); // beforehand, and when it is needed
    ArmedFault armed = archive.ftp.fault(row.verb(), askedTwice ? 2 : 1, row.fault());

    assertThatThrownBy(() -> archive.list(FOLDER)).isInstanceOf(row.verdict().kind());

    assertThat(armed.strikes()).isPositive();
    armed.disarm();
    isToldWhole(archive);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "425 No ports left.",
        "227 Entering Passive Mode.",
        "227 Entering Passive Mode (127,0,0,1,0,1)."
      })
  void portThatIsNoneBeforehandIsAskedForAgain(String reply) throws IOException {
    ScriptedArchive archive = archiveListedBy("MLSD");
    ArmedFault armed = archive.ftp.fault("PASV", 1, Fault.reply(reply));

    isToldWhole(archive);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void replyThatComesLateBelongsToItsOwnCommand() throws IOException {
    ScriptedArchive archive = archiveListedBy("MLSD");
    ArmedFault armed = archive.ftp.fault("MLSD", 1, Fault.doneThenStall());
    assertThatThrownBy(() -> archive.list(FOLDER)).isInstanceOf(PassingException.class);

    assertThat(archive.list("20110715")).isEqualTo(new Listing.Missing("20110715"));
    isToldWhole(archive);

    assertThat(armed.strikes()).isEqualTo(1);
    assertThat(archive.ftp.acceptedConnections()).isEqualTo(2);
  }

  private static void isToldWhole(ScriptedArchive archive) throws IOException {
    Listing listing = archive.list(FOLDER);
    assertThat(listing).isInstanceOf(Listing.Trusted.class);
    assertThat(((Listing.Trusted) listing).pictures())
        .extracting(Picture::name)
        .containsExactly("a.jpg", "b.jpg", "c.jpg");
  }

  /** It was listed once, so it is known what the server knows. */
  private ScriptedArchive archiveListedBy(String verb) throws IOException {
    if (verb.equals("MLSD")) {
      return archive(ScriptedFtpServer.start());
    }
    ScriptedArchive archive =
        archive(
            verb.equals("STAT")
                ? ScriptedFtpServer.startWithStat()
                : ScriptedFtpServer.startWithout("MLSD"));
    isToldWhole(archive);
    return archive;
  }

  private ScriptedArchive archive(ScriptedFtpServer ftp) throws IOException {
    ScriptedArchive archive = new ScriptedArchive(ftp, 2, spool);
    open.add(archive);
    archive.put(FOLDER + "/a.jpg", 5);
    archive.put(FOLDER + "/b.jpg", 50);
    archive.put(FOLDER + "/c.jpg", 500);
    return archive;
  }
}

package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.picsync.archive.Listing;
import io.picsync.archive.PassingException;
import io.picsync.archive.Picture;
import io.picsync.testing.ArmedFault;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

  static Stream<Arguments> faults() {
    List<Arguments> faults = new ArrayList<>();
    for (String verb : new String[] {"LIST", "MLSD"}) {
      String line =
          verb.equals("LIST")
              ? "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 a.jpg"
              : "type=file;size=5; a.jpg";
      for (String reply : new String[] {"425 No.", "426 Cut.", "450 Busy.", "451 Local error."}) {
        faults.add(arguments(verb, "refused: " + reply, Fault.reply(reply), true));
        faults.add(arguments(verb, "part, then " + reply, Fault.partial(80, reply), true));
        faults.add(arguments(verb, "all, then " + reply, Fault.doneButReplies(reply), true));
      }
      for (String reply : new String[] {"550 Forbidden.", "500 Odd.", "551 Error."}) {
        if (!reply.startsWith("500")) {
          faults.add(arguments(verb, "refused: " + reply, Fault.reply(reply), false));
        }
        faults.add(arguments(verb, "part, then " + reply, Fault.partial(80, reply), false));
        faults.add(arguments(verb, "all, then " + reply, Fault.doneButReplies(reply), false));
      }
      faults.add(arguments(verb, "421", Fault.refuse("421 Going down."), true));
      faults.add(arguments(verb, "dropped at once", Fault.drop(), true));
      faults.add(arguments(verb, "silence at once", Fault.stall(), true));
      faults.add(arguments(verb, "reset", Fault.partialThenReset(80, "426 Cut."), true));
      faults.add(arguments(verb, "reset, 226", Fault.partialThenReset(80, "226 Done."), true));
      faults.add(arguments(verb, "part, then dropped", Fault.partialThenDrop(80), true));
      faults.add(arguments(verb, "part, then silence", Fault.partialThenStall(80), true));
      faults.add(arguments(verb, "all, then dropped", Fault.doneThenDrop(), true));
      faults.add(arguments(verb, "all, then silence", Fault.doneThenStall(), true));
      faults.add(arguments(verb, "nothing, then dropped", Fault.partialThenDrop(0), true));
      faults.add(arguments(verb, "last line cut off", Fault.truncate(80), false));
      faults.add(arguments(verb, "line of garbage", Fault.listingPlus("what is this?"), false));
      faults.add(
          arguments(verb, "only an error", Fault.listing("ls: reading directory: I/O"), false));
      faults.add(arguments(verb, "a name twice", Fault.listingPlus(line), false));
      faults.add(
          arguments(
              verb,
              "vsftpd's failed to open",
              Fault.doneButReplies("226 Transfer done (but failed to open directory)."),
              false));
    }
    return faults.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("faults")
  void folderIsNotTrustedWhen(String verb, String what, Fault fault, boolean mayPass)
      throws IOException {
    ScriptedArchive archive = archiveListedBy(verb);
    ArmedFault armed = archive.ftp.fault(verb, 1, fault);

    if (mayPass) {
      assertThatThrownBy(() -> archive.list(FOLDER))
          .isInstanceOf(PassingException.class)
          .hasMessageContaining("cam/" + FOLDER)
          .hasMessageContaining("server x");
    } else {
      assertThat(archive.list(FOLDER)).isInstanceOf(Listing.Untrusted.class);
    }

    assertThat(armed.strikes()).isEqualTo(1);
    isToldWhole(archive);
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

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "MLSD"})
  void folderThatMayNotBeEnteredIsNotMissing(String verb) throws IOException {
    ScriptedArchive archive = archiveListedBy(verb);
    ArmedFault armed =
        archive.ftp.fault("CWD", path -> path.endsWith(FOLDER), 1, Fault.reply("550 Forbidden."));

    assertThat(archive.list(FOLDER))
        .isEqualTo(new Listing.Untrusted(FOLDER, "it may not be entered: 550 Forbidden."));

    assertThat(armed.strikes()).isEqualTo(1);
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

  static Stream<Arguments> faultsOnTheWay() {
    return Stream.of(
        arguments("CWD", Fault.reply("450 Busy.")),
        arguments("CWD", Fault.refuse("421 Going down.")),
        arguments("CWD", Fault.stall()),
        arguments("CWD", Fault.reply("this is no reply")),
        arguments("PASV", Fault.reply("425 No ports left.")),
        arguments("PASV", Fault.drop()),
        arguments("PASV", Fault.stall()),
        arguments("PASV", Fault.reply("227 Entering Passive Mode (127,0,0,1,0,1).")));
  }

  @ParameterizedTest
  @MethodSource("faultsOnTheWay")
  void failureBeforeTheListingPasses(String verb, Fault fault) throws IOException {
    ScriptedArchive archive = archiveListedBy("MLSD");
    ArmedFault armed = archive.ftp.fault(verb, 1, fault);

    assertThatThrownBy(() -> archive.list(FOLDER)).isInstanceOf(PassingException.class);

    assertThat(armed.strikes()).isEqualTo(1);
    isToldWhole(archive);
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

  private ScriptedArchive archiveListedBy(String verb) throws IOException {
    ScriptedFtpServer ftp =
        verb.equals("MLSD") ? ScriptedFtpServer.start() : ScriptedFtpServer.startWithout("MLSD");
    ScriptedArchive archive = new ScriptedArchive(ftp, 2, spool);
    open.add(archive);
    archive.put(FOLDER + "/a.jpg", 5);
    archive.put(FOLDER + "/b.jpg", 50);
    archive.put(FOLDER + "/c.jpg", 500);
    return archive;
  }
}

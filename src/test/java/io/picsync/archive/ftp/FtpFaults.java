package io.picsync.archive.ftp;

import static io.picsync.archive.ftp.FaultRow.Verdict.NO_SPACE;
import static io.picsync.archive.ftp.FaultRow.Verdict.PASSING;
import static io.picsync.archive.ftp.FaultRow.Verdict.REFUSED;
import static io.picsync.archive.ftp.FaultRow.Verdict.UNAVAILABLE;
import static io.picsync.archive.ftp.FaultRow.Verdict.UNSETTLED;
import static io.picsync.archive.ftp.FaultRow.Verdict.UNTRUSTED;
import static io.picsync.archive.ftp.FaultRow.Verdict.WHOLE;

import io.picsync.archive.ftp.FaultRow.Verdict;
import io.picsync.testing.Fault;
import io.picsync.testing.ScriptedCommand;
import io.picsync.testing.ScriptedFtpServer;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The fault matrix, by what picsync is doing. {@link FaultTableTest} makes docs/faults.md of it.
 */
final class FtpFaults {
  private static final Duration A_WHILE = Duration.ofMillis(200);

  static final String PROFTPD_LIMIT =
      "530 Sorry, the maximum number of clients (2) from your host are already connected.";

  private FtpFaults() {}

  /** A folder of three pictures is listed. */
  static Stream<FaultRow> listing() {
    return Stream.concat(Stream.of("LIST", "MLSD").flatMap(FtpFaults::listing), listingByStat());
  }

  /** LIST tells the folder where STAT is odd; where the connection breaks it is tried again. */
  private static Stream<FaultRow> listingByStat() {
    String verb = "STAT";
    return Stream.of(
        row(verb, "refuses with 450", Fault.reply("450 Busy."), WHOLE),
        row(verb, "refuses with 502", Fault.reply("502 Not implemented."), WHOLE),
        row(verb, "refuses with 550", Fault.reply("550 Permission denied."), WHOLE),
        row(
            verb,
            "tells of itself",
            Fault.reply("211-FTP server status:\r\n     TYPE: ASCII\r\n211 End of status"),
            WHOLE),
        row(
            verb,
            "tells the folder in other words",
            Fault.reply("213-status of .:\r\n-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 a.jpg\r\n213 End"),
            WHOLE),
        row(verb, "tells no line", Fault.reply("213-Status follows:\r\n213 End of status"), WHOLE),
        row(
            verb,
            "sends garbage for a line",
            command ->
                command.reply(command.perform().replaceFirst("[^\\n]*b\\.jpg", "what is this?")),
            WHOLE),
        row(
            verb,
            "tells a name twice",
            statPlus("-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 a.jpg"),
            WHOLE),
        row(verb, "replies as to another command", Fault.reply("257 \"/\""), PASSING),
        row(verb, "hangs up with 421", Fault.refuse("421 Going down."), PASSING),
        row(verb, "hangs up", Fault.drop(), PASSING),
        row(verb, "never replies", Fault.stall(), PASSING),
        row(
            verb,
            "hangs up halfway",
            command -> {
              command.reply(half(command));
              command.closeControl();
            },
            PASSING),
        row(
            verb,
            "stalls halfway",
            command -> {
              command.reply(half(command));
              command.stall();
            },
            PASSING),
        row(verb, "ends it halfway, and goes on", statPlus("213 End of status"), PASSING),
        row(verb, "replies twice", Fault.twice(), PASSING));
  }

  private static Fault statPlus(String line) {
    return command -> {
      String reply = command.perform();
      int end = reply.lastIndexOf("213 ");
      command.reply(reply.substring(0, end) + line + "\r\n" + reply.substring(end));
    };
  }

  private static String half(ScriptedCommand command) throws IOException {
    return command.perform().substring(0, 120);
  }

  private static Stream<FaultRow> listing(String verb) {
    String line =
        verb.equals("LIST")
            ? "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 a.jpg"
            : "type=file;size=5; a.jpg";
    Stream<FaultRow> passing =
        Stream.of("425 No.", "426 Cut.", "450 Busy.", "451 Local error.")
            .flatMap(
                reply ->
                    Stream.of(
                        row(verb, "refuses with " + code(reply), Fault.reply(reply), PASSING),
                        row(
                            verb,
                            "ends halfway with " + code(reply),
                            Fault.partial(80, reply),
                            PASSING),
                        row(
                            verb,
                            "sends all, then " + code(reply),
                            Fault.doneButReplies(reply),
                            PASSING)));
    Stream<FaultRow> lasting =
        Stream.of("550 Forbidden.", "551 Error.")
            .flatMap(
                reply ->
                    Stream.of(
                        row(verb, "refuses with " + code(reply), Fault.reply(reply), UNTRUSTED),
                        row(
                            verb,
                            "ends halfway with " + code(reply),
                            Fault.partial(80, reply),
                            UNTRUSTED),
                        row(
                            verb,
                            "sends all, then " + code(reply),
                            Fault.doneButReplies(reply),
                            UNTRUSTED)));
    Stream<FaultRow> others =
        Stream.of(
            row(verb, "ends halfway with 500", Fault.partial(80, "500 Odd."), UNTRUSTED),
            row(verb, "hangs up with 421", Fault.refuse("421 Going down."), PASSING),
            row(verb, "hangs up", Fault.drop(), PASSING),
            row(verb, "never replies", Fault.stall(), PASSING),
            row(verb, "opens the data connection and hangs up", Fault.partialThenDrop(0), PASSING),
            row(verb, "stalls halfway", Fault.partialThenStall(80), PASSING),
            row(verb, "hangs up halfway", Fault.partialThenDrop(80), PASSING),
            row(verb, "resets halfway, then 426", Fault.partialThenReset(80, "426 Cut."), PASSING),
            row(verb, "resets halfway, then 226", Fault.partialThenReset(80, "226 Done."), PASSING),
            row(verb, "sends all, then hangs up", Fault.doneThenDrop(), PASSING),
            row(verb, "sends all and never replies", Fault.doneThenStall(), PASSING),
            row(verb, "sends all, then replies late", Fault.lateFinalReply(A_WHILE), WHOLE),
            row(verb, "replies twice", Fault.twice(), WHOLE),
            row(verb, "replies 226 before the data", Fault.early(), WHOLE),
            row(verb, "cuts the last line, then 226", Fault.truncate(80), UNTRUSTED),
            row(verb, "sends a line of garbage", Fault.listingPlus("what is this?"), UNTRUSTED),
            row(
                verb,
                "sends an error as the listing",
                Fault.listing("ls: reading directory: I/O"),
                UNTRUSTED),
            row(verb, "tells a name twice", Fault.listingPlus(line), UNTRUSTED),
            row(
                verb,
                "says 226 'failed to open directory'",
                Fault.doneButReplies("226 Transfer done (but failed to open directory)."),
                UNTRUSTED));
    return Stream.of(passing, lasting, others).flatMap(rows -> rows);
  }

  /** What comes before a listing. */
  static Stream<FaultRow> beforeListing() {
    return Stream.of(
        row("CWD", "replies 450", Fault.reply("450 Busy."), PASSING),
        row("CWD", "hangs up with 421", Fault.refuse("421 Going down."), PASSING),
        row("CWD", "never replies", Fault.stall(), PASSING),
        row("CWD", "replies what is no reply", Fault.reply("this is no reply"), PASSING),
        row("CWD", "replies as to another command", Fault.reply("213 5"), PASSING),
        row("PASV", "replies 425", Fault.reply("425 No ports left."), PASSING),
        row("PASV", "hangs up", Fault.drop(), PASSING),
        row("PASV", "never replies", Fault.stall(), PASSING),
        row("PASV", "tells no port", Fault.reply("227 Entering Passive Mode."), PASSING),
        row(
            "PASV",
            "tells a port that is closed",
            Fault.reply("227 Entering Passive Mode (127,0,0,1,0,1)."),
            PASSING));
  }

  /** A picture of 300,000 bytes is fetched. */
  static Stream<FaultRow> fetching() {
    String verb = "RETR";
    return Stream.of(
        row(verb, "refuses with 425", Fault.reply("425 No data connection."), PASSING),
        row(verb, "refuses with 450", Fault.reply("450 Busy."), PASSING),
        row(verb, "refuses with 550, and the picture is there", Fault.reply("550 No."), REFUSED),
        row(verb, "hangs up with 421", Fault.refuse("421 Going down."), PASSING),
        row(verb, "hangs up", Fault.drop(), PASSING),
        row(verb, "never replies", Fault.stall(), PASSING),
        row(verb, "ends halfway with 226", Fault.truncate(1000), PASSING),
        row(verb, "sends nothing, then 226", Fault.truncate(0), PASSING),
        row(verb, "sends a byte too many, then 226", longer(), UNSETTLED),
        row(verb, "ends halfway with 426", Fault.partial(1000, "426 Cut."), PASSING),
        row(verb, "ends halfway with 451", Fault.partial(1000, "451 Read error."), PASSING),
        row(verb, "ends halfway with 550", Fault.partial(1000, "550 Gone."), REFUSED),
        row(verb, "sends all, then 426", Fault.doneButReplies("426 Cut."), PASSING),
        row(verb, "sends all, then 550", Fault.doneButReplies("550 Read error."), REFUSED),
        row(verb, "sends all, then hangs up", Fault.doneThenDrop(), PASSING),
        row(verb, "sends all and never replies", Fault.doneThenStall(), PASSING),
        row(verb, "sends all, then replies late", Fault.lateFinalReply(A_WHILE), WHOLE),
        row(verb, "replies twice", Fault.twice(), WHOLE),
        row(verb, "replies 226 before the data", Fault.early(), WHOLE),
        row(verb, "hangs up halfway", Fault.partialThenDrop(1000), PASSING),
        row(verb, "stalls halfway", Fault.partialThenStall(1000), PASSING),
        row(verb, "resets halfway, then 226", Fault.partialThenReset(1000, "226 Ok."), PASSING),
        row("MDTM", "replies 550", Fault.reply("550 No time."), WHOLE),
        row("MDTM", "replies no time", Fault.reply("213 yesterday"), WHOLE),
        row("MDTM", "never replies", Fault.stall(), PASSING));
  }

  private static Fault longer() {
    return command -> {
      command.openData();
      command.send(command.content());
      command.send(new byte[] {1});
      command.finishData();
      command.reply("226 Transfer complete.");
    };
  }

  /** A picture of 300,000 bytes is stored: its bytes. */
  static Stream<FaultRow> storing() {
    String verb = "STOR";
    return Stream.of(
        row(verb, "refuses with 425", Fault.reply("425 No data connection."), PASSING),
        row(verb, "refuses with 426", Fault.reply("426 Cut."), PASSING),
        row(verb, "refuses with 451", Fault.reply("451 Local error."), PASSING),
        row(verb, "refuses with 451 'No space left'", Fault.reply("451 No space left."), NO_SPACE),
        row(
            verb,
            "refuses with 451 'Failure writing to local file'",
            Fault.reply("451 Failure writing to local file."),
            NO_SPACE),
        row(verb, "refuses with 452", Fault.reply("452 Insufficient storage."), NO_SPACE),
        row(verb, "refuses with 552", Fault.reply("552 Quota."), NO_SPACE),
        row(
            verb,
            "refuses with 550 'Quota exceeded'",
            Fault.reply("550 Quota exceeded."),
            NO_SPACE),
        row(verb, "refuses with 501", Fault.reply("501 Bad name."), REFUSED),
        row(verb, "refuses with 532", Fault.reply("532 Need account."), REFUSED),
        row(verb, "hangs up with 421", Fault.refuse("421 Going down."), PASSING),
        row(verb, "hangs up", Fault.drop(), PASSING),
        row(verb, "never replies", Fault.stall(), PASSING),
        row(verb, "ends halfway with 426", Fault.partial(1000, "426 Cut."), PASSING),
        row(verb, "ends halfway with 451", Fault.partial(1000, "451 Write error."), PASSING),
        row(verb, "ends halfway with 452", Fault.partial(1000, "452 Disk full."), NO_SPACE),
        row(verb, "ends halfway with 552", Fault.partial(1000, "552 Quota."), NO_SPACE),
        row(verb, "ends halfway with 550", Fault.partial(1000, "550 Odd."), REFUSED),
        row(verb, "ends halfway with 553", Fault.partial(1000, "553 Odd."), REFUSED),
        row(verb, "keeps a part, then 226", Fault.truncate(1000), PASSING),
        row(verb, "keeps nothing, then 226", Fault.truncate(0), PASSING),
        row(verb, "keeps all, then 426", Fault.doneButReplies("426 Cut."), PASSING),
        row(verb, "keeps all, then 451", Fault.doneButReplies("451 Sync failed."), PASSING),
        row(verb, "keeps all, then 452", Fault.doneButReplies("452 Disk full."), NO_SPACE),
        row(verb, "keeps all, then hangs up", Fault.doneThenDrop(), PASSING),
        row(verb, "keeps all and never replies", Fault.doneThenStall(), PASSING),
        row(verb, "keeps all, then replies 250", Fault.doneButReplies("250 Done."), WHOLE),
        row(verb, "keeps all, then replies late", Fault.lateFinalReply(A_WHILE), WHOLE),
        row(verb, "replies twice", Fault.twice(), PASSING),
        row(verb, "hangs up halfway", Fault.partialThenDrop(1000), PASSING));
  }

  /** A picture of 20 MB is stored: more than sockets hold. */
  static Stream<FaultRow> storingLarge() {
    String verb = "STOR";
    return Stream.of(
        row(
            verb,
            "resets halfway, then 452",
            Fault.partialThenReset(100_000, "452 Disk full."),
            NO_SPACE),
        row(
            verb,
            "resets halfway, then 552",
            Fault.partialThenReset(100_000, "552 Quota."),
            NO_SPACE),
        row(verb, "resets halfway, then 426", Fault.partialThenReset(100_000, "426 Cut."), PASSING),
        row(verb, "resets halfway, then 226", Fault.partialThenReset(9, "226 Ok."), PASSING),
        row(verb, "hangs up halfway, large", Fault.partialThenDrop(100_000), PASSING),
        row(verb, "stalls halfway", Fault.partialThenStall(100_000), PASSING));
  }

  /** A picture of 300,000 bytes is stored and fetched again before it becomes visible. */
  static Stream<FaultRow> readingBack() {
    String verb = "RETR";
    return Stream.of(
        row(verb, "refuses with 425", Fault.reply("425 No data connection."), PASSING),
        row(verb, "refuses with 450", Fault.reply("450 Busy."), PASSING),
        row(verb, "refuses with 550, and the file is there", Fault.reply("550 No."), WHOLE),
        row(verb, "hangs up", Fault.drop(), PASSING),
        row(verb, "never replies", Fault.stall(), PASSING),
        row(verb, "alters a byte", altered(), PASSING),
        row(verb, "ends halfway with 226", Fault.truncate(1000), PASSING),
        row(verb, "sends nothing, then 226", Fault.truncate(0), PASSING),
        row(verb, "sends a byte too many, then 226", longer(), PASSING),
        row(verb, "ends halfway with 426", Fault.partial(1000, "426 Cut."), PASSING),
        row(verb, "ends halfway with 551", Fault.partial(1000, "551 Read error."), PASSING),
        row(verb, "sends all, then 451", Fault.doneButReplies("451 Read error."), PASSING),
        row(verb, "sends all, then hangs up", Fault.doneThenDrop(), PASSING),
        row(verb, "sends all and never replies", Fault.doneThenStall(), PASSING),
        row(verb, "sends all, then replies late", Fault.lateFinalReply(A_WHILE), WHOLE),
        row(verb, "replies twice", Fault.twice(), PASSING),
        row(verb, "replies 226 before the data", Fault.early(), WHOLE),
        row(verb, "hangs up halfway", Fault.partialThenDrop(1000), PASSING),
        row(verb, "stalls halfway", Fault.partialThenStall(1000), PASSING));
  }

  private static Fault altered() {
    return command -> {
      byte[] content = command.content().clone();
      content[200_000] = (byte) ~content[200_000];
      command.openData();
      command.send(content);
      command.finishData();
      command.reply("226 Transfer complete.");
    };
  }

  /** A picture is stored: the bytes are there, it is verified and gets its name. */
  static Stream<FaultRow> publishing() {
    return Stream.of(
        row("SIZE", "tells a byte less", Fault.size(299_999), PASSING),
        row("SIZE", "replies 550", Fault.reply("550 No such file."), PASSING),
        row("SIZE", "tells no number", Fault.reply("213 many"), PASSING),
        row("SIZE", "does not know it", Fault.reply("500 Unknown command."), REFUSED),
        row("SIZE", "replies as to another command", Fault.reply("250 Fine."), PASSING),
        row("SIZE", "replies twice", Fault.twice(), PASSING),
        row("SIZE", "hangs up", Fault.drop(), PASSING),
        row("SIZE", "never replies", Fault.stall(), PASSING),
        row("MFMT", "hangs up", Fault.drop(), PASSING),
        row("RNFR", "replies 550", Fault.reply("550 Denied."), REFUSED),
        row("RNFR", "replies 553", Fault.reply("553 Denied."), REFUSED),
        row("RNFR", "replies 450", Fault.reply("450 Busy."), PASSING),
        row("RNFR", "replies twice", Fault.twice(), PASSING),
        row("RNFR", "hangs up", Fault.drop(), PASSING),
        row("RNTO", "replies 550", Fault.reply("550 Denied."), REFUSED),
        row("RNTO", "replies 553", Fault.reply("553 Denied."), REFUSED),
        row("RNTO", "replies 451", Fault.reply("451 Busy."), PASSING),
        row("RNTO", "replies 452", Fault.reply("452 Disk full."), NO_SPACE),
        row("RNTO", "hangs up", Fault.drop(), PASSING),
        row("RNTO", "never replies", Fault.stall(), PASSING),
        row("RNTO", "says 250 and does nothing", Fault.reply("250 Renamed."), REFUSED));
  }

  /** A connection is opened. */
  static Stream<FaultRow> connecting() {
    String greeting = ScriptedFtpServer.CONNECT;
    return Stream.of(
        row(greeting, "replies 421", Fault.refuse("421 Too many connections."), PASSING),
        row(greeting, "says nothing", Fault.stall(), UNAVAILABLE),
        row(greeting, "hangs up", Fault.drop(), UNAVAILABLE),
        row(greeting, "speaks SSH", Fault.refuse("SSH-2.0-OpenSSH"), UNAVAILABLE),
        row(greeting, "replies 500", Fault.refuse("500 OOPS: bad home"), UNAVAILABLE),
        row("USER", "never replies", Fault.stall(), UNAVAILABLE),
        row("USER", "replies 421", Fault.refuse("421 Too many users."), PASSING),
        row("USER", "replies 530", Fault.reply("530 No such user."), UNAVAILABLE),
        row("PASS", "never replies", Fault.stall(), UNAVAILABLE),
        row("PASS", "replies 530", Fault.reply("530 Login incorrect."), UNAVAILABLE),
        row("PASS", "replies 530 'maximum number of clients'", Fault.reply(PROFTPD_LIMIT), PASSING),
        row("PASS", "replies 530 'too many'", Fault.refuse("530 Too many users."), PASSING),
        row("USER", "replies 530 'limit'", Fault.refuse("530 User limit reached."), PASSING),
        row("PASS", "replies 421", Fault.refuse("421 Too many logins."), PASSING),
        row("PASS", "replies 332", Fault.reply("332 Need account."), UNAVAILABLE),
        row("PASS", "hangs up", Fault.drop(), UNAVAILABLE),
        row("TYPE", "knows no binary mode", Fault.reply("504 Text only."), UNAVAILABLE),
        row("PWD", "tells no folder", Fault.reply("257 here"), UNAVAILABLE),
        row("FEAT", "never replies", Fault.stall(), UNAVAILABLE));
  }

  private static FaultRow row(String verb, String what, Fault fault, Verdict verdict) {
    return new FaultRow(verb, what, fault, verdict);
  }

  private static String code(String reply) {
    return reply.substring(0, 3);
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Location;
import io.picsync.archive.lines.LineReader;
import io.picsync.archive.lines.ListParser;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lists a folder over the control connection: STAT with a path tells the lines of LIST as its own
 * reply (RFC 959, 4.1.3). No data connection is opened for it, which saves two round trips and a
 * third of the server's work. It is trusted only in vsftpd's words, of a folder that told itself,
 * and of a server that told one folder by both alike; whatever is odd about it is left to LIST.
 */
final class StatListing {
  /** Without a path STAT would tell of the server. */
  private static final String COMMAND = "STAT -a .";

  private static final String BEGIN = "213-Status follows:";
  private static final String END = "213 End of status";

  private final FtpSession session;
  private final Location folder;

  StatListing(FtpSession session, Location folder) {
    this.session = session;
    this.folder = folder;
  }

  /**
   * Enters the folder and lists it, in one flush where the server keeps up with that.
   *
   * @return always a trusted one; empty where LIST has to tell more
   */
  Optional<Listing> enterAndList() throws IOException {
    try {
      String enter = "CWD " + session.paths().of(folder);
      if (!session.facts().together()) {
        return session.dialogue().commands(enter).get(0).isPositive() ? list() : Optional.empty();
      }
      return session
          .dialogue()
          .say(
              client -> {
                long sent = System.nanoTime();
                client.expectSilence();
                client.send(List.of(enter, COMMAND));
                client.getReply();
                session.dialogue().answeredIn(System.nanoTime() - sent, 1);
                FtpReply entered = FtpDialogue.inStep(enter, client.lastReply());
                Optional<Listing> told =
                    read(client); // of another folder, when this one is refused
                return entered.isPositive() ? told : Optional.empty();
              });
    } catch (IOException e) {
      gaveUp(e);
      throw e;
    }
  }

  /**
   * Learns from a folder that LIST told, and that is still the working directory, whether STAT
   * tells the same.
   */
  void compareWith(Listing byList) {
    if (!(byList instanceof Listing.Trusted list)
        || list.pictures().isEmpty()
        || !session.facts().stat().mayTry()) {
      return;
    }
    try {
      Optional<Listing> told = list();
      session.facts().stat().compared(told.equals(Optional.of(byList)));
    } catch (IOException e) {
      gaveUp(e); // this connection is not used again; what LIST told stays
      session.facts().stat().compared(false);
    }
  }

  private void gaveUp(IOException e) {
    if (!session.dialogue().aborted()) {
      session.facts().stat().fails(e.toString());
    }
  }

  private Optional<Listing> list() throws IOException {
    return session
        .dialogue()
        .say(
            client -> {
              client.expectSilence();
              client.send(List.of(COMMAND));
              return read(client);
            });
  }

  private Optional<Listing> read(PictureFtpClient client) throws IOException {
    if (!client.takesLine(BEGIN)) {
      client.getReply();
      FtpReply other = FtpDialogue.inStep(COMMAND, client.lastReply());
      session.facts().stat().fails(other.toString());
      return Optional.empty();
    }
    ListParser parser = new ListParser(session.paths().charset());
    ListingBuilder listing = new ListingBuilder(folder.path());
    LineReader lines = new LineReader(client.bytes());
    String fault = lines.readTo(END, line -> parser.parse(line, listing));
    return fault == null && listing.toldItself()
        ? Optional.of(listing.build()).filter(Listing.Trusted.class::isInstance)
        : Optional.empty();
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.lines.LineParser;
import io.picsync.archive.lines.LineReader;
import io.picsync.archive.lines.ListParser;
import io.picsync.archive.lines.MlsdParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists one folder over one session, by MLSD where it is offered and by LIST else, names that begin
 * with a dot included.
 */
final class FtpListing {
  private final FtpSession session;
  private final Location folder;
  private final StatListing byStat;
  private boolean toldItself;

  FtpListing(FtpSession session, Location folder) {
    this.session = session;
    this.folder = folder;
    this.byStat = new StatListing(session, folder);
  }

  /**
   * CWD first, and in one flush with it the port of the data connection: servers expand wildcards
   * and options in LIST's argument, and vsftpd answers LIST of a missing folder with 226 and no
   * line.
   *
   * @throws IOException when the connection broke
   */
  Listing list() throws IOException {
    if (!session.facts().mlsd() && session.facts().stat().isTrusted()) {
      Optional<Listing> told = byStat.enterAndList();
      if (told.isPresent()) {
        return told.get();
      }
    }
    FtpReply entered =
        session.dialogue().commandsAndPort("CWD " + session.paths().of(folder)).get(0);
    if (entered.mayPass()) {
      throw new PassingException(says("may not be entered now", entered));
    }
    if (!entered.isPositive()) {
      return namedByParent()
          ? new Listing.Untrusted(folder.path(), "it may not be entered: " + entered)
          : new Listing.Missing(folder.path());
    }
    if (session.facts().mlsd()) {
      Optional<FtpTransfer> opened = session.openData("MLSD", null);
      if (opened.isPresent()) {
        return read(opened.get(), new MlsdParser(session.paths().charset()));
      }
      if (!session.reply().isUnknownCommand()) {
        return refused(session.reply());
      }
      session.facts().mlsdUnknown();
    }
    if (session.facts().mayListItself()) {
      Listing all = byList("-a");
      if (toldItself) {
        session.facts().listsItself(true);
      }
      if (session.facts().listsItself()) {
        Listing listing = readable(all);
        byStat.compareWith(listing);
        return listing;
      }
    }
    Listing listing = readable(byList(null));
    if (listing instanceof Listing.Trusted && !isEmpty(listing)) {
      session.facts().listsItself(false);
    }
    return listing;
  }

  /**
   * Most Unix servers tell of names that begin with a dot, temporary files of ours among them, only
   * when asked by {@code -a}. That they understood is seen by the line for the folder itself;
   * others look for a file of that name.
   */
  private Listing byList(@Nullable String option) throws IOException {
    Optional<FtpTransfer> opened = session.openData("LIST", option);
    return opened.isPresent()
        ? read(opened.get(), new ListParser(session.paths().charset()))
        : refused(session.reply());
  }

  private Listing readable(Listing listing) throws IOException {
    return toldItself || !isEmpty(listing) || new EmptyFolder(session, folder).mayBeRead()
        ? listing
        : new Listing.Untrusted(
            folder.path(), "it may not be read: LIST -a does not even tell of the folder itself");
  }

  private static boolean isEmpty(Listing listing) {
    return listing instanceof Listing.Trusted trusted
        && trusted.pictures().isEmpty()
        && trusted.folders().isEmpty()
        && trusted.ignored().total() == 0;
  }

  /** A folder that can't be entered is forbidden when its parent tells of it, else missing. */
  private boolean namedByParent() throws IOException {
    if (folder.isServerRoot()) {
      return false;
    }
    Listing parent = new FtpListing(session, folder.parent()).list();
    return !(parent instanceof Listing.Missing)
        && !(parent instanceof Listing.Trusted trusted
            && !trusted.folders().contains(folder.name()));
  }

  private Listing refused(FtpReply reply) throws PassingException {
    if (reply.mayPass()) {
      throw new PassingException(says("was not listed", reply));
    }
    return new Listing.Untrusted(folder.path(), "it may not be listed: " + reply);
  }

  private Listing read(FtpTransfer transfer, LineParser parser) throws IOException {
    ListingBuilder listing = new ListingBuilder(folder.path());
    LineReader lines;
    String fault;
    try (transfer;
        InputStream in = transfer.input()) {
      lines = new LineReader(in);
      fault = lines.readAll(line -> parser.parse(line, listing));
    }
    FtpReply last = transfer.finalReply();
    if (last.mayPass()) {
      throw new PassingException(says("was listed in part", last));
    }
    toldItself = listing.toldItself();
    String end = ListingEnd.fault(last, lines.count());
    if (end != null) {
      return new Listing.Untrusted(folder.path(), end);
    }
    if (fault != null) {
      return new Listing.Untrusted(folder.path(), fault);
    }
    return listing.build();
  }

  private String says(String what, FtpReply reply) {
    return "The folder %s on server %s %s: %s.".formatted(folder, session.server(), what, reply);
  }
}

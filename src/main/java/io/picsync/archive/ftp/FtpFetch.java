package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.Pump;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Spool;
import io.picsync.archive.UnsettledException;
import io.picsync.archive.VanishedException;
import io.picsync.archive.lines.MlsdParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fetches one picture over one session: RETR, all its bytes, the final reply. */
final class FtpFetch {
  static final int CHUNK = 128 * 1024;

  private final FtpSession session;
  private final Location picture;
  private final long size;

  FtpFetch(FtpSession session, Location picture, long size) {
    this.session = session;
    this.picture = picture;
    this.size = size;
  }

  /**
   * @throws IOException when the connection broke
   */
  FetchedPicture fetch(Spool spool, BooleanSupplier cancelled) throws IOException {
    session.checkSpelling(picture);
    Instant modified = lookAgain();
    Optional<DataConnection> data = session.openData("RETR", session.path(picture));
    if (data.isEmpty()) {
      throw refused(session.reply());
    }
    Spool.Sink sink = spool.sink(size);
    try {
      try (DataConnection connection = data.get();
          InputStream in = connection.input()) {
        sink.takeFrom(in, cancelled, "fetch " + picture);
      }
      if (sink.count() > size) {
        throw Pump.grows(session.server(), picture, size, sink.count());
      }
      FtpReply last = session.finalReply();
      if (!last.saysComplete()) {
        String says = says("was fetched in part", last);
        throw last.mayPass() ? new PassingException(says) : new RefusedException(says);
      }
      if (sink.count() != size) {
        throw Pump.wrongLength(session.server(), picture, sink.count(), size);
      }
      return sink.finish(modified);
    } finally {
      sink.drop();
    }
  }

  /**
   * Asks for its modified time, which LIST can't tell, and in the same flush for its size, which
   * may have grown since the listing, and for the port of its data connection.
   *
   * @return in UTC
   * @throws UnsettledException when the size is not the listed one
   */
  private @Nullable Instant lookAgain() throws IOException {
    FtpFacts facts = session.facts();
    String path = session.path(picture);
    if (!facts.size()) {
      return facts.mdtm() ? modified(session.commandsAndPort("MDTM " + path).get(0)) : null;
    }
    if (!facts.mdtm()) {
      checkSize(session.commandsAndPort("SIZE " + path).get(0));
      return null;
    }
    List<FtpReply> replies = session.commandsAndPort("SIZE " + path, "MDTM " + path);
    checkSize(replies.get(0));
    return modified(replies.get(1));
  }

  /** A refusal is left to RETR, which is refused alike. */
  private void checkSize(FtpReply reply) throws UnsettledException {
    if (reply.isUnknownCommand()) {
      session.facts().sizeUnknown();
    }
    long present = reply.size();
    if (present >= 0 && present != size) {
      throw Pump.grows(session.server(), picture, size, present);
    }
  }

  /** A refusal that may pass is no reason to store the picture without its time. */
  private @Nullable Instant modified(FtpReply first) throws IOException {
    FtpReply reply = first;
    for (int again = 0; reply.mayPass() && again < FtpSession.AGAIN; again++) {
      reply = session.command("MDTM", session.path(picture));
    }
    if (reply.isUnknownCommand()) {
      session.facts().mdtmUnknown();
    }
    return reply.code() == 213 && reply.text().length() > 4
        ? MlsdParser.time(reply.text().substring(4))
        : null;
  }

  /** 550 means gone or forbidden; SIZE knows which. */
  private ArchiveException refused(FtpReply reply) throws IOException {
    String says = says("could not be fetched", reply);
    if (reply.mayPass()) {
      return new PassingException(says);
    }
    if (reply.code() == 550 && session.command("SIZE", session.path(picture)).code() == 550) {
      return new VanishedException(says);
    }
    return new RefusedException(says);
  }

  private String says(String what, FtpReply reply) {
    return "%s on server %s %s: %s.".formatted(picture, session.server(), what, reply);
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.Pump;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Spool;
import io.picsync.archive.VanishedException;
import io.picsync.archive.lines.MlsdParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fetches one picture over one session: RETR, all its bytes, the final reply. */
final class FtpFetch {
  static final int CHUNK = 64 * 1024;

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
    Instant modified = session.facts().mdtm() ? modified() : null;
    Optional<DataConnection> data = session.openData("RETR", session.path(picture));
    if (data.isEmpty()) {
      throw refused(session.reply());
    }
    Spool.Sink sink = spool.sink(size);
    try {
      try (DataConnection connection = data.get();
          InputStream in = connection.input()) {
        Pump.move(in, sink, CHUNK, cancelled, "fetch " + picture);
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

  /** In UTC; LIST can't tell it, so it is asked for each picture. */
  private @Nullable Instant modified() throws IOException {
    FtpReply reply = session.command("MDTM", session.path(picture));
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

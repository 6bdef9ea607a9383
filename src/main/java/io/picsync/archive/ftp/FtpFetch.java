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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches one picture over one session: RETR, all its bytes, the final reply. */
final class FtpFetch {
  static final int CHUNK = 128 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(FtpFetch.class);

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
    session.paths().check(picture);
    Instant modified = modified();
    Optional<FtpTransfer> opened = session.openData("RETR", session.paths().of(picture));
    if (opened.isEmpty()) {
      throw refused(session.reply());
    }
    FtpTransfer transfer = opened.get();
    Spool.Sink sink = spool.sink(size);
    try {
      try (transfer;
          InputStream in = transfer.input()) {
        sink.takeFrom(in, cancelled, "fetch " + picture);
      }
      if (sink.count() > size) {
        throw tooLong(sink.count());
      }
      FtpReply last = transfer.finalReply();
      if (!last.saysComplete()) {
        String says = says("was fetched in part", last);
        throw last.mayPass() ? new PassingException(says) : new RefusedException(says);
      }
      if (sink.count() < size) {
        throw tooShort(sink.count());
      }
      return sink.finish(modified);
    } finally {
      sink.drop();
    }
  }

  /**
   * Its data connection was closed before the server had sent all. What it replies to that, and
   * whether it can be asked how large the picture is now, changes nothing: it grows.
   */
  private ArchiveException tooLong(long came) {
    try {
      session.recover();
      long present = session.dialogue().command("SIZE", session.paths().of(picture)).size();
      if (present > size) {
        return Pump.grows(session.server(), picture, size, present);
      }
    } catch (IOException e) {
      LOG.debug("The connection is lost after a picture that grows. path={}", picture, e);
    }
    return Pump.wrongLength(session.server(), picture, came, size);
  }

  /**
   * RETR ended in order with fewer bytes than listed: was it cut short without a word, or is the
   * picture another one now? Its size tells.
   *
   * @return {@link UnsettledException} for another size than the listed one
   */
  private ArchiveException tooShort(long came) throws IOException {
    long present = session.dialogue().command("SIZE", session.paths().of(picture)).size();
    return present >= 0 && present != size
        ? Pump.grows(session.server(), picture, size, present)
        : Pump.wrongLength(session.server(), picture, came, size);
  }

  /**
   * Asks for its modified time, which LIST can't tell, and in the same flush for the port of its
   * data connection. Its size is not asked for once more: the bytes that come are counted.
   *
   * @return in UTC
   */
  private @Nullable Instant modified() throws IOException {
    if (!session.facts().mdtm()) {
      return null;
    }
    // a refusal that may pass is no reason to store the picture without its time
    FtpReply reply =
        session.dialogue().commandsAndPort("MDTM " + session.paths().of(picture)).get(0);
    for (int again = 0; reply.mayPass() && again < FtpSession.AGAIN; again++) {
      reply = session.dialogue().command("MDTM", session.paths().of(picture));
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
    if (reply.code() == 550
        && session.dialogue().command("SIZE", session.paths().of(picture)).code() == 550) {
      return new VanishedException(says);
    }
    return new RefusedException(says);
  }

  private String says(String what, FtpReply reply) {
    return "%s on server %s %s: %s.".formatted(picture, session.server(), what, reply);
  }
}

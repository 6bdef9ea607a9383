package io.picsync.archive.ftp;

import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Pump;
import io.picsync.archive.ReadBack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Fetches again what was stored, while it still has its temporary name: RETR, the final reply. */
final class FtpReadBack {
  private final FtpSession session;
  private final Location picture;
  private final String part;

  FtpReadBack(FtpSession session, Location picture, String part) {
    this.session = session;
    this.picture = picture;
    this.part = part;
  }

  /**
   * @return false when it was not to be read back, or the server gives nothing back for good
   * @throws PassingException when other bytes came back than were sent, or not all of them
   */
  boolean matches(PictureContent content, BooleanSupplier cancelled) throws IOException {
    ReadBack back = content.readBack();
    if (back == null) {
      return false;
    }
    Optional<FtpTransfer> opened = session.openData("RETR", part);
    if (opened.isEmpty()) {
      FtpReply refusal = session.reply();
      if (refusal.mayPass()) {
        throw failure(refusal);
      }
      session.facts().givesNothingBack(refusal);
      return false;
    }
    FtpTransfer transfer = opened.get();
    try (transfer;
        InputStream in = transfer.input();
        OutputStream out = back.receiving()) {
      Pump.move(in, out, FtpFetch.CHUNK, cancelled, "read back " + picture);
    }
    FtpReply last = transfer.finalReply();
    if (!last.saysComplete()) {
      throw failure(last);
    }
    back.compare(picture, session.server());
    return true;
  }

  private PassingException failure(FtpReply reply) {
    return new PassingException(
        "%s on server %s could not be fetched again before it became visible: %s."
            .formatted(picture, session.server(), reply));
  }
}

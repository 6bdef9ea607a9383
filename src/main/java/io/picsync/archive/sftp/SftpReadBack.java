package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.ReadBack;
import io.picsync.archive.RefusedException;
import io.picsync.archive.UnsettledException;
import io.picsync.archive.VanishedException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches again what was stored, while it still has its temporary name. */
final class SftpReadBack {
  private static final Logger LOG = LoggerFactory.getLogger(SftpReadBack.class);

  private final SftpSession session;
  private final Location picture;
  private final String part;

  SftpReadBack(SftpSession session, Location picture, String part) {
    this.session = session;
    this.picture = picture;
    this.part = part;
  }

  /**
   * @param length bytes that were sent
   * @return false when it was not to be read back, or the server gives nothing back for good
   * @throws PassingException when other bytes came back than were sent, or not all of them
   */
  boolean matches(PictureContent content, long length, BooleanSupplier cancelled)
      throws IOException {
    ReadBack back = content.readBack();
    if (back == null) {
      return false;
    }
    try {
      new SftpFetch(session, picture, part, length).moveTo(back.receiving(), cancelled);
    } catch (UnsettledException | VanishedException e) {
      throw new PassingException(
          "%s on server %s could not be fetched again before it became visible: %s"
              .formatted(picture, session.server(), e.getMessage()),
          e);
    } catch (RefusedException e) {
      LOG.warn(
          "The server does not give back what it was sent; it is verified otherwise. server={} path={} why={}",
          session.server(),
          picture,
          e.getMessage());
      return false;
    }
    back.compare(picture, session.server());
    return true;
  }
}

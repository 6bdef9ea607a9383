package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Writes a picture's bytes to a file that is open, many WRITE under way, and accounts for all. */
final class SftpUpload {
  private final SftpSession session;
  private final Location picture;
  private final String part;
  private final Deque<Integer> underWay = new ArrayDeque<>();
  private long sent;

  SftpUpload(SftpSession session, Location picture, String part) {
    this.session = session;
    this.picture = picture;
    this.part = part;
  }

  /**
   * @return how many bytes the server says it has written
   */
  long send(Handle handle, PictureContent content, BooleanSupplier cancelled) throws IOException {
    byte[] chunk = new byte[SftpFetch.CHUNK];
    for (int read = read(content, chunk); read > 0; read = read(content, chunk)) {
      if (cancelled.getAsBoolean()) {
        throw new CancelledException("Stopped on request: store " + picture + ".");
      }
      if (underWay.size() == SftpFetch.MOST_UNDER_WAY) {
        confirm();
      }
      underWay.add(session.write(handle, sent, chunk, read));
      sent += read;
    }
    while (!underWay.isEmpty()) {
      confirm();
    }
    content.verifyLength(sent);
    return sent;
  }

  private int read(PictureContent content, byte[] chunk) throws PassingException {
    try {
      return content.bytes().readNBytes(chunk, 0, chunk.length);
    } catch (IOException e) {
      throw new PassingException(
          "The bytes of %s for server %s could not be read to the end: %s."
              .formatted(picture, session.server(), e.getMessage()),
          e);
    }
  }

  private void confirm() throws IOException {
    Status status = session.awaitStatus(underWay.remove());
    if (!status.isOk()) {
      throw unwritten(status);
    }
  }

  /**
   * Version 3 has no word for a full disk: OpenSSH says "Failure" then, and hardly ever else when a
   * file that it opened can't be written.
   */
  ArchiveException unwritten(Status status) throws IOException {
    String says =
        "%s could not be written on server %s: %s.".formatted(picture, session.server(), status);
    if (status.code() != Status.FAILURE && !status.saysNoSpace()) {
      return status.failure(says);
    }
    long free = new SftpSpace(session).free(part);
    return new NoSpaceException(
        says
            + (free < 0
                ? " Its disk or the account's quota is full, or the disk fails."
                : " It has %d bytes free there; if that is enough, the account's quota is used up or the disk fails."
                    .formatted(free))
            + " Make room; the next run goes on.");
  }
}

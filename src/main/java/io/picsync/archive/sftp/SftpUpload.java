package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Pump;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes a picture's bytes to a file that is open, many WRITE under way, and accounts for all. */
final class SftpUpload {
  private static final long LEAST_AHEAD = 512 * 1024;
  private static final long MOST_AHEAD = 2 * 1024 * 1024;

  /** 200 MB a second, far more than SSH moves over one connection. */
  private static final double BYTES_A_NANOSECOND = 0.2;

  private record Sent(int id, int length) {}

  private final SftpSession session;
  private final Location picture;
  private final String part;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private long unconfirmed;

  SftpUpload(SftpSession session, Location picture, String part) {
    this.session = session;
    this.picture = picture;
    this.part = part;
  }

  /**
   * Sends all bytes. The last ones are still to be confirmed then.
   *
   * @return how many were sent
   */
  long send(Handle handle, PictureContent content, BooleanSupplier cancelled) throws IOException {
    Writes writes = new Writes(handle, ahead());
    int chunk = session.requestSizes().write();
    // what a stream brings in small pieces is collected; a picture in memory passes through
    OutputStream out =
        new BufferedOutputStream(writes, Math.min(chunk, RequestSizes.COMMON.write()));
    long sent;
    try {
      sent = Pump.move(content.bytes(), out, chunk, cancelled, "store " + picture);
      out.flush();
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException e) {
      throw e == writes.failure ? e : PictureContent.unreadable(picture, session.server(), e);
    }
    content.verifyLength(sent);
    return sent;
  }

  /**
   * How many bytes may be on their way: what the quickest round trip takes to be filled, from 512
   * KB to 2 MB. Not more, for OpenSSH keeps what its disk has not taken in a buffer that is copied
   * each time that it grows.
   */
  private long ahead() {
    double filling = session.shortestRoundTrip() * BYTES_A_NANOSECOND;
    return (long) Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, filling));
  }

  /** Sends each piece as one WRITE. */
  private final class Writes extends OutputStream {
    private final Handle handle;
    private final long most;
    private long offset;
    private @Nullable IOException failure;

    /**
     * @param most bytes that the server has not confirmed yet
     */
    Writes(Handle handle, long most) {
      this.handle = handle;
      this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      try {
        if (unconfirmed + length > most) {
          confirm(most / 2); // what follows is then sent in one go
        }
        underWay.add(
            new Sent(session.requests().write(handle, offset, from, start, length), length));
        unconfirmed += length;
        offset += length;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  /** Waits until the server has said that all bytes are written. */
  void confirm() throws IOException {
    confirm(0);
  }

  /** Waits until no more bytes than these are unconfirmed. */
  private void confirm(long most) throws IOException {
    while (unconfirmed > most) {
      Sent oldest = underWay.remove();
      unconfirmed -= oldest.length();
      Status status = session.requests().awaitStatus(oldest.id());
      if (!status.isOk()) {
        throw unwritten(status);
      }
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

package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.Pump;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Spool;
import io.picsync.archive.VanishedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Fetches one picture over one session: its attributes and OPEN in one go, then exactly the bytes
 * that were listed with many READ under way, then one READ past them, which must say end of file.
 */
final class SftpFetch {
  /** What every server takes in one request. */
  static final int CHUNK = 32 * 1024;

  /** 2 MB: a round trip of 50 ms is filled at 40 MB/s. */
  static final int MOST_UNDER_WAY = 64;

  private record Asked(int id, long offset, int length) {}

  private final SftpSession session;
  private final Location picture;
  private final String path;
  private final long size;
  private final Deque<Asked> underWay = new ArrayDeque<>();

  SftpFetch(SftpSession session, Location picture, long size) {
    this(session, picture, session.path(picture), size);
  }

  /**
   * @param path where the picture is now: under its own name, or a temporary one
   */
  SftpFetch(SftpSession session, Location picture, String path, long size) {
    this.session = session;
    this.picture = picture;
    this.path = path;
    this.size = size;
  }

  /**
   * @throws IOException when the connection broke
   */
  FetchedPicture fetch(Spool spool, BooleanSupplier cancelled) throws IOException {
    session.checkSpelling(picture);
    Spool.Sink sink = spool.sink(size);
    try {
      return sink.finish(moveTo(sink, cancelled).modified());
    } finally {
      sink.drop();
    }
  }

  /**
   * Moves exactly the bytes that are due, or throws.
   *
   * @return what the server tells of the file
   */
  Attributes moveTo(OutputStream out, BooleanSupplier cancelled) throws IOException {
    int told = session.lstat(path);
    int opened = session.open(path, SftpSession.FOR_READING);
    Attributes attributes = Attributes.NONE;
    Reply reply = session.await(told);
    Status refusal = reply.isStatus() ? reply.status() : null;
    if (refusal == null) {
      attributes = reply.expect(Reply.ATTRS).attributes();
    }
    reply = session.await(opened);
    if (reply.isStatus()) {
      throw refused(reply.status());
    }
    Handle handle = new Handle(reply.expect(Reply.HANDLE).bytes());
    try {
      if (refusal != null) {
        throw refused(refusal);
      }
      check(attributes);
      readAll(handle, out, cancelled);
      return attributes;
    } finally {
      session.leave(handle);
    }
  }

  private void check(Attributes attributes) throws ArchiveException {
    if (attributes.isComplete() && !attributes.isFile()) {
      throw new RefusedException(
          "%s on server %s is no file any more; it is not followed."
              .formatted(picture, session.server()));
    }
    if (attributes.size() >= 0 && attributes.size() != size) {
      throw Pump.grows(session.server(), picture, size, attributes.size());
    }
  }

  private void readAll(Handle handle, OutputStream out, BooleanSupplier cancelled)
      throws IOException {
    long asked = 0;
    boolean askedPastEnd = false;
    while (true) {
      while (!askedPastEnd && underWay.size() < MOST_UNDER_WAY) {
        int length = asked < size ? (int) Math.min(CHUNK, size - asked) : 1;
        underWay.add(new Asked(session.read(handle, asked, length), asked, length));
        askedPastEnd = asked >= size;
        asked += length;
      }
      if (cancelled.getAsBoolean()) {
        throw new CancelledException("Stopped on request: fetch " + picture + ".");
      }
      Asked next = underWay.remove();
      Reply reply = session.await(next.id());
      if (next.offset() < size) {
        take(handle, next, reply, out);
      } else {
        checkEnd(reply);
        return;
      }
    }
  }

  /** A server may give less than was asked for; the rest is asked for at once. */
  private void take(Handle handle, Asked asked, Reply first, OutputStream out) throws IOException {
    Reply reply = first;
    int taken = 0;
    while (true) {
      if (reply.isStatus()) {
        throw cutShort(reply.status(), asked.offset() + taken);
      }
      int came = reply.dataLength();
      if (came == 0 || came > asked.length() - taken) {
        throw new IOException(
            "the server sent %d bytes where %d were asked for"
                .formatted(came, asked.length() - taken));
      }
      reply.dataTo(out, came);
      taken += came;
      if (taken == asked.length()) {
        return;
      }
      reply = session.await(session.read(handle, asked.offset() + taken, asked.length() - taken));
    }
  }

  private void checkEnd(Reply reply) throws IOException {
    if (!reply.isStatus()) {
      throw Pump.wrongLength(session.server(), picture, size + reply.dataLength(), size);
    }
    Status status = reply.status();
    if (status.code() != Status.EOF) {
      throw status.failure(says("could not be fetched to its end", status));
    }
  }

  private ArchiveException cutShort(Status status, long came) {
    return status.code() == Status.EOF
        ? Pump.wrongLength(session.server(), picture, came, size)
        : new PassingException(says("was fetched in part", status));
  }

  private ArchiveException refused(Status status) {
    String says = says("could not be fetched", status);
    return status.saysMissing() ? new VanishedException(says) : status.failure(says);
  }

  private String says(String what, Status status) {
    return "%s on server %s %s: %s.".formatted(picture, session.server(), what, status);
  }
}

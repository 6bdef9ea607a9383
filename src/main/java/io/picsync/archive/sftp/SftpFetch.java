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
 * that were listed with many READ under way, of which the last must find the end of the file. CLOSE
 * goes with it where the server has told how much one READ brings; elsewhere some bytes may have to
 * be asked for again.
 */
final class SftpFetch {
  /** A round trip of 50 ms is filled at 40 MB/s. */
  private static final long MOST_UNDER_WAY = 2 * 1024 * 1024;

  /** Well within what a channel holds for its reader. */
  private static final long COMING_AT_ONCE = 128 * 1024;

  private record Asked(int id, long offset, int length) {}

  private final SftpSession session;
  private final Location picture;
  private final String path;
  private final long size;
  private final Deque<Asked> underWay = new ArrayDeque<>();
  private long taken;
  private boolean open;

  SftpFetch(SftpSession session, Location picture, long size) {
    this(session, picture, session.paths().of(picture), size);
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
    session.paths().check(picture);
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
    int told = session.requests().lstat(path);
    int opened = session.requests().open(path, SftpRequests.FOR_READING);
    session.requests().gather(opened);
    Attributes attributes = Attributes.NONE;
    Reply reply = session.requests().await(told);
    Status refusal = reply.isStatus() ? reply.status() : null;
    if (refusal == null) {
      attributes = reply.expect(Reply.ATTRS).attributes();
    }
    reply = session.requests().await(opened);
    if (reply.isStatus()) {
      throw refused(reply.status());
    }
    Handle handle = new Handle(reply.expect(Reply.HANDLE).bytes());
    open = true;
    try {
      if (refusal != null) {
        throw refused(refusal);
      }
      check(attributes);
      readAll(handle, out, cancelled);
      return attributes;
    } finally {
      if (open) {
        session.leave(handle);
      } else {
        session.forgetAll(); // what CLOSE is answered changes nothing
      }
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
    do {
      while (asked <= size && asked - taken < MOST_UNDER_WAY) {
        int length = next(size - asked);
        int id = session.requests().read(handle, asked, length);
        underWay.add(new Asked(id, asked, length));
        asked += length;
        if (asked > size) {
          askedAll(handle, id);
        }
      }
      if (cancelled.getAsBoolean()) {
        throw new CancelledException("Stopped on request: fetch " + picture + ".");
      }
      Asked oldest = underWay.remove();
      Reply reply = session.requests().await(oldest.id());
      if (oldest.offset() < size) {
        take(handle, oldest, reply, out);
        taken += oldest.length();
      } else {
        checkEnd(reply);
      }
    } while (!underWay.isEmpty());
  }

  /**
   * How much to ask for next: one byte more than is left, where the server brings it if it is there
   * (draft-ietf-secsh-filexfer-02, section 6.4); elsewhere that byte by itself, when nothing is
   * left.
   */
  private int next(long left) {
    RequestSizes sizes = session.requestSizes();
    return (int) Math.min(sizes.read(), left == 0 || sizes.told() ? left + 1 : left);
  }

  /** Closes at once what needs not be asked for again, and lets a few bytes come as a whole. */
  private void askedAll(Handle handle, int last) throws IOException {
    if (session.requestSizes().told()) {
      session.requests().close(handle);
      open = false;
    }
    if (size - taken <= COMING_AT_ONCE) {
      session.requests().gather(last);
    }
  }

  /** A server that did not tell how much one READ brings may bring less; the rest is asked for. */
  private void take(Handle handle, Asked asked, Reply first, OutputStream out) throws IOException {
    int due = (int) Math.min(asked.length(), size - asked.offset());
    Reply reply = first;
    int part = 0;
    while (true) {
      if (reply.isStatus()) {
        throw cutShort(reply.status(), asked.offset() + part);
      }
      int came = reply.dataLength();
      if (came == 0 || came > asked.length() - part) {
        throw new IOException(
            "the server sent %d bytes where %d were asked for"
                .formatted(came, asked.length() - part));
      }
      if (came > due - part) {
        throw Pump.wrongLength(session.server(), picture, size + 1, size);
      }
      reply.dataTo(out, came);
      part += came;
      if (part == due) {
        return;
      }
      if (!open) {
        throw unasked(came, asked.length());
      }
      reply =
          session
              .requests()
              .await(session.requests().read(handle, asked.offset() + part, due - part));
    }
  }

  /** Either the file is shorter now, or the server brings less than it told. */
  private PassingException unasked(int came, int asked) {
    session.distrustRequestSizes();
    return new PassingException(
        "%s on server %s was fetched in part: %d bytes came where %d were asked for, which the server told to bring at once."
            .formatted(picture, session.server(), came, asked));
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

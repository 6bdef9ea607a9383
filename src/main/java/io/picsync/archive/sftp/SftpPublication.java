package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.PictureExistsException;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Stored;
import io.picsync.archive.TemporaryNames;
import io.picsync.archive.Verify;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy protocol for one picture over one session, in three round trips: OPEN of a new temporary
 * file, and a look at the name where that pays; all WRITE, fsync, CLOSE, modified time, a look at
 * what arrived, and its digest where the server tells digests; the name given, and a look at what
 * it shows now.
 *
 * <p>The name is given so that it replaces nothing: by RENAME at OpenSSH, which makes a link there,
 * and by hardlink@openssh.com at others that know it. Elsewhere a look at the name comes last in
 * the second round trip: where RENAME replaces, a gap of one round trip stays after it.
 */
final class SftpPublication {
  private static final Logger LOG = LoggerFactory.getLogger(SftpPublication.class);

  private final SftpSession session;
  private final Location picture;
  private final String path;
  private final String part;
  private final PictureContent content;
  private final @Nullable SftpDigest digest;
  private boolean partMayExist;
  private boolean hashed;

  SftpPublication(
      SftpSession session, Location picture, PictureContent content, TemporaryNames names) {
    this.session = session;
    this.picture = picture;
    this.digest = digest(session, content);
    this.content = digest == null ? content : content.through(digest.sending(content.bytes()));
    this.path = session.paths().of(picture);
    int slash = path.lastIndexOf('/') + 1;
    this.part = path.substring(0, slash) + names.of(path.substring(slash));
  }

  /** None for an empty picture: servers find no byte to begin with. */
  private static @Nullable SftpDigest digest(SftpSession session, PictureContent content) {
    boolean wanted = content.verify() == Verify.hash && content.size() != 0;
    return wanted && session.offersCheckFile()
        ? session.checkFile().algorithm().map(kind -> new SftpDigest(session, kind)).orElse(null)
        : null;
  }

  /** The temporary file's absolute path. */
  String part() {
    return part;
  }

  /** True from the moment OPEN was sent until the part is known to be renamed. */
  boolean partMayExist() {
    return partMayExist;
  }

  /**
   * @return empty when the folder is missing; nothing was read then
   */
  Optional<Stored> store(BooleanSupplier cancelled) throws IOException {
    session.paths().check(picture);
    partMayExist = true;
    int looked = looksFirst() ? session.requests().lstat(path) : 0;
    int opened = session.requests().open(part, SftpRequests.FOR_A_NEW_FILE);
    session.requests().gather(opened);
    Optional<Look> present = look(looked);
    Reply reply = session.requests().await(opened);
    if (reply.isStatus()) {
      partMayExist = false;
      return refused(reply.status(), present.isPresent() ? present.get() : look());
    }
    Handle handle = new Handle(reply.expect(Reply.HANDLE).bytes());
    boolean open = true;
    try {
      if (content.size() >= 0 && isTaken(present)) {
        return Optional.of(thereAlready(present.get(), content.size()));
      }
      SftpUpload upload = new SftpUpload(session, picture, part);
      long length = upload.send(handle, content, cancelled);
      open = false;
      Optional<Look> taken = settle(handle, upload, length);
      if (isTaken(taken)) {
        return Optional.of(thereAlready(taken.get(), length));
      }
      boolean cameBack =
          new SftpReadBack(session, picture, part).matches(content, length, cancelled);
      if (cameBack && !session.renameLooksItself()) { // that took its time
        Look again = look();
        if (!again.isMissing()) {
          return Optional.of(thereAlready(again, length));
        }
      }
      Stored stored = publish(length);
      return Optional.of(cameBack && stored != Stored.ALREADY_THERE ? Stored.READ_BACK : stored);
    } finally {
      if (open) {
        session.leave(handle); // some servers remove no file that is open
      }
    }
  }

  /**
   * Whether the name is looked at before the bytes are sent. Where RENAME does it, a small picture
   * is sent in vain if one has appeared since the listing, which hardly ever happens.
   */
  private boolean looksFirst() {
    return !session.renameLooksItself()
        || content.size() < 0
        || content.size() > session.requestSizes().write();
  }

  private static boolean isTaken(Optional<Look> name) {
    return name.isPresent() && !name.get().isMissing();
  }

  /** What LSTAT said of the picture's name; none where it wasn't asked. */
  private Optional<Look> look(int asked) throws IOException {
    return asked == 0 ? Optional.empty() : Optional.of(Look.of(session.requests().await(asked)));
  }

  private Look look() throws IOException {
    return Look.of(session.requests().await(session.requests().lstat(path)));
  }

  private Optional<Stored> refused(Status status, Look present) throws IOException {
    if (content.size() >= 0 && present.isThere()) {
      return Optional.of(thereAlready(present, content.size()));
    }
    if (status.saysMissing() || !new SftpFolders(session).exists(picture.parent())) {
      return Optional.empty();
    }
    String says = says("was not accepted", status);
    if (new SftpSpace(session).isFull(part, Math.max(1, content.size()))) {
      throw new NoSpaceException(says + " The disk is full. Make room; the next run goes on.");
    }
    throw status.failure(says);
  }

  /**
   * Ends writing and verifies what arrived.
   *
   * @return what stands at the picture's name now; none where RENAME looks itself
   */
  private Optional<Look> settle(Handle handle, SftpUpload upload, long length) throws IOException {
    boolean syncs = session.knows(Extension.FSYNC);
    int synced = syncs ? session.requests().fsync(handle) : 0;
    int closed = session.requests().close(handle);
    Instant modified = content.modified();
    boolean tellsTime = modified != null && SftpRequests.canTell(modified);
    int timed =
        tellsTime ? session.requests().setModified(part, Objects.requireNonNull(modified)) : 0;
    int lookedAtPart = session.requests().lstat(part);
    int digested = digest == null || length == 0 ? 0 : digest.ask(part);
    int looked = session.renameLooksItself() ? 0 : session.requests().lstat(path);
    session.requests().gather(Math.max(lookedAtPart, Math.max(looked, digested)));
    upload.confirm();
    if (syncs) {
      confirm(session.requests().awaitStatus(synced));
    }
    confirm(session.requests().awaitStatus(closed));
    if (tellsTime) {
      Status status = session.requests().awaitStatus(timed);
      if (!status.isOk()) {
        LOG.debug(
            "The modified time is left to the server. server={} path={} why={}",
            session.server(),
            path,
            status);
      }
    }
    Look arrived = Look.of(session.requests().await(lookedAtPart));
    if (!arrived.isFileOf(length)) {
      throw new PassingException(
          says("is not there with the %d bytes that were sent".formatted(length), arrived));
    }
    Optional<Look> taken = look(looked);
    hashed =
        digested != 0
            && digest != null
            && digest.matches(session.requests().await(digested), picture);
    return taken;
  }

  private void confirm(Status status) throws IOException {
    if (!status.isOk() && status.code() != Status.UNSUPPORTED) {
      throw new SftpUpload(session, picture, part).unwritten(status);
    }
  }

  private Stored publish(long length) throws IOException {
    if (!session.isOpenSsh() && session.knows(Extension.HARDLINK)) {
      int linked = session.requests().link(part, path);
      int looked = session.requests().lstat(path);
      Status status = session.requests().awaitStatus(linked);
      Look visible = Look.of(session.requests().await(looked));
      if (status.isOk()) {
        return verified(visible, length);
      }
      if (!visible.isMissing()) {
        return thereAlready(visible, length);
      }
      // a disk without hard links
    }
    int renamed = session.requests().rename(part, path);
    int looked = session.requests().lstat(path);
    session.requests().gather(looked);
    Status status = session.requests().awaitStatus(renamed);
    Look visible = Look.of(session.requests().await(looked));
    if (!status.isOk()) {
      if (!visible.isMissing()) {
        return thereAlready(visible, length);
      }
      throw status.failure(says("can't be renamed to its name", status));
    }
    Stored stored = verified(visible, length);
    partMayExist = false;
    return stored;
  }

  private Stored verified(Look visible, long length) throws IOException {
    // asked once more, for a server that works on several requests at once
    Look last = visible.isFileOf(length) ? visible : look();
    if (!last.isFileOf(length)) {
      throw new RefusedException(
          says(
              "was given its name, but is not there with %d bytes under it".formatted(length),
              last));
    }
    return hashed ? Stored.HASHED : Stored.STORED;
  }

  private Stored thereAlready(Look there, long length) throws IOException {
    if (there.isFileOf(length)) {
      return Stored.ALREADY_THERE;
    }
    if (there.refusal() != null) {
      throw there.refusal().failure(says("may be there already", there));
    }
    if (!there.isThere()) {
      throw new RefusedException(says("may be there already", there));
    }
    throw new PictureExistsException(
        "%s is on server %s already (%s), the picture has %d bytes. It is left as it is."
            .formatted(picture, session.server(), there, length));
  }

  private String says(String what, Object why) {
    return "%s on server %s %s: %s.".formatted(picture, session.server(), what, why);
  }
}

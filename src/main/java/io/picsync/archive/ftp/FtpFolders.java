package io.picsync.archive.ftp;

import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** Makes folders over one session. MKD of an existing folder is refused by every server alike. */
final class FtpFolders {
  private final FtpSession session;

  FtpFolders(FtpSession session) {
    this.session = session;
  }

  /**
   * The same as {@link #make} for a folder that was not seen lately. To be called before STOR: some
   * servers (Apache FtpServer) tell of a missing folder only after the bytes were sent.
   */
  void makeOnce(Location folder) throws IOException {
    if (!session.facts().folders().hasSeen(session.paths().of(folder))) {
      make(folder);
      session.facts().folders().seen(session.paths().of(folder));
    }
  }

  /**
   * Whether a refusal to store may be for want of the folder, which is there now: made here, or by
   * another worker since.
   *
   * @param since {@code System.nanoTime()} before the store
   */
  boolean wasMissing(Location folder, long since) throws IOException {
    if (exists(folder)) {
      return session.facts().folders().isNewSince(session.paths().of(folder), since);
    }
    make(folder);
    return true;
  }

  /** Looks again before the next store. */
  void forget(Location folder) {
    session.facts().folders().forget(session.paths().of(folder));
  }

  /**
   * Makes the folder and those above it, up to and including the archive's own; nothing above the
   * archive, so a mistyped archive stays absent.
   */
  void make(Location folder) throws IOException {
    if (exists(folder)) {
      return;
    }
    if (!folder.path().isEmpty()) {
      make(folder.parent());
    }
    makeOne(folder);
  }

  void makeOne(Location folder) throws IOException {
    session.facts().folders().making(session.paths().of(folder));
    boolean made = false;
    try {
      mkd(folder);
      made = true;
    } finally {
      if (made) {
        session.facts().folders().made(session.paths().of(folder));
      } else {
        session.facts().folders().forget(session.paths().of(folder));
      }
    }
  }

  private void mkd(Location folder) throws IOException {
    FtpReply reply = session.dialogue().command("MKD", session.paths().of(folder));
    if ((reply.isPositive() && !tellsOtherName(reply, folder)) || exists(folder)) {
      return; // made here, or by another worker in this moment
    }
    String says =
        "The folder %s on server %s can't be made: %s. Its parent must exist and be writable; createDestination=true (--create-destination) makes the parents too."
            .formatted(folder, session.server(), reply);
    if (reply.saysNoSpace()) {
      throw new NoSpaceException(says);
    }
    throw reply.mayPass() ? new PassingException(says) : new RefusedException(says);
  }

  /**
   * Pure-FTPd makes {@code a_} where {@code a} and a blank were asked for, and says so: {@code 257
   * "/a_" : The directory was successfully created}. Only a reply that quotes a path tells a name.
   */
  private static boolean tellsOtherName(FtpReply reply, Location folder) {
    int from = reply.text().indexOf('"');
    int to = reply.text().lastIndexOf('"');
    if (from < 0 || to == from) {
      return false;
    }
    String made = reply.text().substring(from + 1, to).replace("\"\"", "\"");
    return !made.endsWith(folder.name());
  }

  boolean hasParent(Location folder) throws IOException {
    Optional<String> parent = session.paths().parent(folder);
    return parent.isEmpty() || exists(parent.get());
  }

  /** From the top down; what can't be made shows when the folder itself is. */
  void makeParents(Location folder) throws IOException {
    for (String parent : session.paths().above(folder)) {
      if (!exists(parent)) {
        session.dialogue().command("MKD", parent);
      }
    }
  }

  boolean exists(Location folder) throws IOException {
    return exists(session.paths().of(folder));
  }

  private boolean exists(String path) throws IOException {
    return session.dialogue().command("CWD", path).isPositive();
  }
}

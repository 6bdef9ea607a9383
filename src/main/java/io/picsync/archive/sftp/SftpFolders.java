package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.RefusedException;
import java.io.IOException;
import java.util.Optional;

/** Looks for folders and makes them over one session. */
final class SftpFolders {
  private final SftpSession session;

  SftpFolders(SftpSession session) {
    this.session = session;
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
    String path = session.paths().of(folder);
    Status status = session.requests().awaitStatus(session.requests().makeFolder(path));
    if (status.isOk() || exists(folder)) {
      return; // made here, or by another worker in this moment
    }
    String says =
        "The folder %s on server %s can't be made: %s. Its parent must exist and be writable; createDestination=true (--create-destination) makes the parents too."
            .formatted(folder, session.server(), status);
    if (status.saysNoSpace() || new SftpSpace(session).isFull(path, 1)) {
      throw new NoSpaceException(says);
    }
    throw new RefusedException(says);
  }

  boolean hasParent(Location folder) throws IOException {
    Optional<String> parent = session.paths().parent(folder);
    return parent.isEmpty() || exists(parent.get());
  }

  /** From the top down; what can't be made shows when the folder itself is. */
  void makeParents(Location folder) throws IOException {
    for (String parent : session.paths().above(folder)) {
      if (!exists(parent)) {
        session.requests().awaitStatus(session.requests().makeFolder(parent));
      }
    }
  }

  boolean exists(Location folder) throws IOException {
    session.paths().check(folder);
    return exists(session.paths().of(folder));
  }

  private boolean exists(String path) throws IOException {
    Reply reply = session.requests().await(session.requests().stat(path));
    return !reply.isStatus() && reply.expect(Reply.ATTRS).attributes().isFolder();
  }
}

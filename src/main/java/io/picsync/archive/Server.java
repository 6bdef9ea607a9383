package io.picsync.archive;

import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * A named place that holds archives. The package page is the contract; each kind of server passes
 * the same suite. Thread-safe. Closing ends all connections; calls under way fail.
 */
public interface Server extends AutoCloseable {
  /** As the configuration names it. */
  String name();

  /** Where it is, for reports and messages: {@code ftp://host:21/folder}; never a credential. */
  String address();

  /**
   * Lists one folder.
   *
   * @param cancelled asked now and then; true ends the call with a {@link CancelledException},
   *     within seconds also when the server keeps silent
   * @throws PassingException when it may go better in a moment
   * @throws UnavailableException when the server can't be used at all
   */
  Listing list(Location folder, BooleanSupplier cancelled) throws ArchiveException;

  /**
   * Fetches a whole picture.
   *
   * @param size as listed, in bytes
   * @param spool where a picture larger than its memory bound is kept meanwhile
   * @param cancelled as in {@link #list}
   * @return to be closed by the caller
   * @throws VanishedException when it is gone
   * @throws UnsettledException when its size is not the listed one any more
   * @throws PassingException when the connection broke, or when fewer bytes came than were listed
   */
  FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled)
      throws ArchiveException;

  /**
   * Stores a whole picture under a temporary name, verifies its size, sets its modified time and
   * renames it. Makes the missing folders between the archive's own and the picture's; the
   * archive's own only if its parent exists.
   *
   * @param content read from its beginning to its end; not closed
   * @throws PictureExistsException when another picture of that path is there
   * @throws NoSpaceException when the disk or the quota is full
   */
  Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException;

  /**
   * Removes the temporary file of a store that was killed; fine if it is gone.
   *
   * @param cancelled as in {@link #list}
   * @throws RefusedException when {@link TemporaryNames} did not make its name: nothing else is
   *     ever removed
   */
  void removeTemporary(Location file, BooleanSupplier cancelled) throws ArchiveException;

  /**
   * Whether there is such a folder that may be entered.
   *
   * @param cancelled as in {@link #list}
   */
  boolean exists(Location folder, BooleanSupplier cancelled) throws ArchiveException;

  /**
   * Whether the folder exists that holds this one, or would hold it.
   *
   * @param cancelled as in {@link #list}
   */
  boolean hasParent(Location folder, BooleanSupplier cancelled) throws ArchiveException;

  /**
   * Makes a folder; fine if it exists.
   *
   * @param parents makes those above it too, also above the archive and the server's root; else its
   *     parent must exist
   * @param cancelled as in {@link #list}
   */
  void makeFolder(Location folder, boolean parents, BooleanSupplier cancelled)
      throws ArchiveException;

  /**
   * How many bytes may be stored in a folder, as far as the server tells: empty when it does not.
   * Never exact, because others store there too, and quotas are not told.
   *
   * @param cancelled as in {@link #list}
   */
  default OptionalLong freeSpace(Location folder, BooleanSupplier cancelled)
      throws ArchiveException {
    return OptionalLong.empty();
  }

  /** How it is just now; asks the server nothing. */
  default ServerState state() {
    return ServerState.unused(0);
  }

  /**
   * Sets the most connections at once, until picsync stops. Those above it finish their work.
   *
   * @throws UnsupportedOperationException for a server without connections
   */
  default void setConnections(int connections) {
    throw new UnsupportedOperationException(
        "Server %s is a folder of this machine and has no connections.".formatted(name()));
  }

  /** Connections open now: in use and idle. Zero for a server without connections. */
  int openConnections();

  @Override
  void close();
}

package io.picsync.archive.sftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.PictureContent;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerState;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.archive.TemporaryNames;
import io.picsync.archive.pool.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An SFTP server: sessions from a pool, and temporary files that are seen out of the way. */
final class SftpServer implements Server {
  private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);

  /** For removing a temporary file after a stop. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final String name;
  private final String address;
  private final ConnectionPool<SftpSession> pool;
  private final TemporaryNames names;

  /** Temporary files of failed stores that no connection could be had to remove. */
  private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

  SftpServer(ServerConfig config, SftpSessionFactory sessions, TemporaryNames names) {
    this.name = config.name();
    this.address = config.address();
    this.names = names;
    this.pool = new ConnectionPool<>(name, config.connections(), config.backOff(), sessions);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public Listing list(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    return with("list " + folder, cancelled, session -> new SftpListing(session, folder).list());
  }

  @Override
  public FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled)
      throws ArchiveException {
    return with(
        "fetch " + picture,
        cancelled,
        session -> new SftpFetch(session, picture, size).fetch(spool, cancelled));
  }

  @Override
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    AtomicReference<@Nullable String> part = new AtomicReference<>();
    try {
      return with(
          "store " + picture,
          cancelled,
          session -> store(session, picture, content, cancelled, part));
    } finally {
      String left = part.get();
      if (left != null) {
        removeOverAnotherSession(left, cancelled);
      }
    }
  }

  private Stored store(
      SftpSession session,
      Location picture,
      PictureContent content,
      BooleanSupplier cancelled,
      AtomicReference<@Nullable String> part)
      throws IOException {
    SftpPublication publication = new SftpPublication(session, picture, content, names);
    try {
      Optional<Stored> stored = publication.store(cancelled);
      if (stored.isEmpty()) {
        new SftpFolders(session).make(picture.parent());
        stored = publication.store(cancelled);
      }
      return stored.orElseThrow(
          () ->
              new RefusedException(
                  "%s could not be stored on server %s: its folder is there, and the server says that it is not."
                      .formatted(picture, name)));
    } finally {
      if (publication.partMayExist() && !removed(session, publication.part())) {
        part.set(publication.part());
      }
    }
  }

  /** Whether the file is gone, or the server won't ever let it go. */
  private boolean removed(SftpSession session, String part) {
    try {
      session.forgetAll();
      Status status = session.requests().awaitStatus(session.requests().remove(part));
      if (!status.isOk() && !status.saysMissing()) {
        LOG.warn("A temporary file stays behind. server={} path={} why={}", name, part, status);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The broken one has given its place back; after a stop the server has a moment left. */
  private void removeOverAnotherSession(String part, BooleanSupplier cancelled) {
    long until = System.nanoTime() + LAST_WORDS.toNanos();
    leftBehind.add(part);
    try {
      with(
          "remove " + part,
          () -> cancelled.getAsBoolean() && System.nanoTime() - until > 0,
          session -> true);
    } catch (ArchiveException e) {
      LOG.warn(
          "A temporary file stays until the server is used next. server={} path={} why={}",
          name,
          part,
          e.toString());
    }
  }

  private void removeLeftBehind(SftpSession session) {
    for (String part : List.copyOf(leftBehind)) {
      if (session.inStep() && leftBehind.remove(part) && !removed(session, part)) {
        leftBehind.add(part);
      }
    }
  }

  @Override
  public void removeTemporary(Location file, BooleanSupplier cancelled) throws ArchiveException {
    TemporaryNames.refuseOthers(file);
    with(
        "remove " + file,
        cancelled,
        session -> {
          session.paths().check(file);
          String path = session.paths().of(file);
          Status status = session.requests().awaitStatus(session.requests().remove(path));
          if (!status.isOk() && !status.saysMissing()) {
            Look look = Look.of(session.requests().await(session.requests().lstat(path)));
            throw new RefusedException(
                "%s on server %s may not be removed: %s."
                    .formatted(
                        file, name, look.attributes().isFolder() ? "it is a folder" : status));
          }
          return true;
        });
  }

  @Override
  public boolean exists(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    return with(
        "look for " + folder, cancelled, session -> new SftpFolders(session).exists(folder));
  }

  @Override
  public boolean hasParent(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    return with(
        "look for " + folder, cancelled, session -> new SftpFolders(session).hasParent(folder));
  }

  @Override
  public void makeFolder(Location folder, boolean parents, BooleanSupplier cancelled)
      throws ArchiveException {
    with(
        "make the folder " + folder,
        cancelled,
        session -> {
          SftpFolders folders = new SftpFolders(session);
          if (parents) {
            folders.makeParents(folder);
          }
          folders.makeOne(folder);
          return true;
        });
  }

  @Override
  public OptionalLong freeSpace(Location folder, BooleanSupplier cancelled)
      throws ArchiveException {
    return with(
        "look for the free space of " + folder,
        cancelled,
        session -> {
          SftpSpace space = new SftpSpace(session);
          String path = session.paths().of(folder);
          long free = space.freeIn(path);
          if (free < 0) {
            free = space.free(path); // where the folder is yet to be made
          }
          return free < 0 ? OptionalLong.empty() : OptionalLong.of(free);
        });
  }

  private <T> T with(
      String what, BooleanSupplier cancelled, ConnectionPool.Work<SftpSession, T> work)
      throws ArchiveException {
    return pool.with(
        what,
        cancelled,
        session -> {
          T result = work.with(session);
          removeLeftBehind(session);
          return result;
        });
  }

  @Override
  public ServerState state() {
    return pool.state();
  }

  @Override
  public void setConnections(int connections) {
    pool.setConnections(connections);
  }

  @Override
  public int openConnections() {
    return pool.openConnections();
  }

  @Override
  public void close() {
    pool.close();
  }
}

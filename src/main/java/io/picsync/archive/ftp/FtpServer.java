package io.picsync.archive.ftp;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An FTP server: the words of the protocol over pooled sessions. Thread-safe. */
final class FtpServer implements Server {
  private static final Logger LOG = LoggerFactory.getLogger(FtpServer.class);

  /** For removing a temporary file after a stop. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(3);

  private final String name;
  private final String address;
  private final ConnectionPool<FtpSession> pool;
  private final TemporaryNames names;

  /** A server that refuses to remove its file this often won't ever. */
  private static final int MOST_TRIES = 10;

  /** Temporary files of failed stores that could not be removed yet, with the tries so far. */
  private final Map<String, Integer> leftBehind = new ConcurrentHashMap<>();

  FtpServer(ServerConfig config, FtpSessionFactory sessions, TemporaryNames names) {
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
    return with("list " + folder, cancelled, session -> new FtpListing(session, folder).list());
  }

  @Override
  public FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled)
      throws ArchiveException {
    return with(
        "fetch " + picture,
        cancelled,
        session -> new FtpFetch(session, picture, size).fetch(spool, cancelled));
  }

  @Override
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    AtomicReference<@Nullable String> part = new AtomicReference<>();
    AtomicReference<@Nullable FtpPublication> sent = new AtomicReference<>();
    try {
      Optional<Stored> stored =
          with(
              "store " + picture,
              cancelled,
              session -> store(session, picture, content, cancelled, part, sent));
      FtpPublication waiting = sent.get();
      if (waiting == null) {
        return stored.orElseThrow();
      }
      part.set(waiting.part()); // goes, should no session be had
      return with(
          "publish " + picture,
          cancelled,
          session -> publish(session, waiting.over(session), cancelled, part));
    } finally {
      String left = part.get();
      if (left != null) {
        removeOverAnotherSession(left, cancelled);
      }
    }
  }

  /**
   * @return empty when the bytes are there and are to be read back, which needs a session whose TLS
   *     can be resumed once more; the publication waits in {@code sent} then
   */
  private Optional<Stored> store(
      FtpSession session,
      Location picture,
      PictureContent content,
      BooleanSupplier cancelled,
      AtomicReference<@Nullable String> part,
      AtomicReference<@Nullable FtpPublication> sent)
      throws IOException {
    FtpPublication publication = new FtpPublication(session, picture, content, names);
    FtpFolders folders = new FtpFolders(session);
    try {
      folders.makeOnce(picture.parent());
      if (!publication.send(cancelled)) {
        FtpReply refusal = session.reply();
        folders.make(picture.parent());
        if (!publication.send(cancelled)) {
          throw new RefusedException(
              "%s could not be stored on server %s, though its folder is there: %s."
                  .formatted(picture, name, refusal));
        }
      }
      if (content.readBack() != null && !session.isReusable()) {
        sent.set(publication);
        return Optional.empty();
      }
      return Optional.of(publication.publish(cancelled));
    } catch (RefusedException e) {
      folders.forget(picture.parent());
      throw e;
    } finally {
      if (sent.get() == null) {
        clean(session, publication, part);
      }
    }
  }

  private Stored publish(
      FtpSession session,
      FtpPublication publication,
      BooleanSupplier cancelled,
      AtomicReference<@Nullable String> part)
      throws IOException {
    part.set(null);
    try {
      return publication.publish(cancelled);
    } finally {
      clean(session, publication, part);
    }
  }

  private void clean(
      FtpSession session, FtpPublication publication, AtomicReference<@Nullable String> part) {
    if (publication.partMayExist() && !removed(session, publication.part())) {
      part.set(publication.part());
    }
  }

  private boolean removed(FtpSession session, String part) {
    try {
      session.recover();
      return session.remove(part);
    } catch (IOException e) {
      return false;
    }
  }

  /** The broken one has given its place back; after a stop the server has a moment left. */
  private void removeOverAnotherSession(String part, BooleanSupplier cancelled) {
    long until = System.nanoTime() + LAST_WORDS.toNanos();
    leftBehind.put(part, 1);
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

  private void removeLeftBehind(FtpSession session) {
    for (String part : List.copyOf(leftBehind.keySet())) {
      Integer tries = session.inStep() ? leftBehind.remove(part) : null;
      if (tries == null || removed(session, part)) {
        continue; // gone, or another thread sees to it
      }
      if (tries < MOST_TRIES) {
        leftBehind.put(part, tries + 1);
      } else {
        LOG.warn(
            "A temporary file stays behind, the server does not remove it. server={} path={}",
            name,
            part);
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
          if (!session.remove(session.paths().of(file))) {
            throw new RefusedException("%s on server %s may not be removed.".formatted(file, name));
          }
          return true;
        });
  }

  @Override
  public boolean exists(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    return with("look for " + folder, cancelled, session -> new FtpFolders(session).exists(folder));
  }

  @Override
  public boolean hasParent(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    return with(
        "look for " + folder, cancelled, session -> new FtpFolders(session).hasParent(folder));
  }

  @Override
  public void makeFolder(Location folder, boolean parents, BooleanSupplier cancelled)
      throws ArchiveException {
    with(
        "make the folder " + folder,
        cancelled,
        session -> {
          FtpFolders folders = new FtpFolders(session);
          if (parents) {
            folders.makeParents(folder);
          }
          folders.makeOne(folder);
          return true;
        });
  }

  private <T> T with(
      String what, BooleanSupplier cancelled, ConnectionPool.Work<FtpSession, T> work)
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

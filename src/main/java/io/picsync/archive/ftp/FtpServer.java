package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.archive.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An FTP server: a pool of sessions under one limit. A session that broke is dropped; one that only
 * heard "no" goes back. The pool is fair, so no sync waits for another's backlog.
 */
final class FtpServer implements Server {
  private static final Logger LOG = LoggerFactory.getLogger(FtpServer.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Then the pool is asked anew: it tells waiting threads nothing of a session that broke. */
  private static final Duration TURN = Duration.ofSeconds(2);

  private static final Duration GROW_AFTER = Duration.ofMinutes(1);

  private final String name;
  private final String address;
  private final FtpSessionFactory sessions;
  private final GenericObjectPool<FtpSession> pool;
  private final int connections;

  /** Temporary files of failed stores that no connection could be had to remove. */
  private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

  private long changed;

  FtpServer(String name, String address, FtpSessionFactory sessions, int connections) {
    this.name = name;
    this.address = address;
    this.sessions = sessions;
    this.connections = connections;
    GenericObjectPoolConfig<FtpSession> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(connections);
    config.setMaxIdle(connections);
    config.setFairness(true);
    config.setTestOnBorrow(true);
    config.setMinEvictableIdleDuration(Duration.ofMinutes(1));
    config.setTimeBetweenEvictionRuns(Duration.ofSeconds(30));
    config.setJmxEnabled(false);
    this.pool = new GenericObjectPool<>(sessions, config);
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(FtpSession session) throws IOException;
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
  public Listing list(Location folder) throws ArchiveException {
    return with("list " + folder, session -> new FtpListing(session, folder).list());
  }

  @Override
  public FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled)
      throws ArchiveException {
    return with(
        "fetch " + picture,
        session -> {
          CancelWatch watch = new CancelWatch(session, cancelled);
          try {
            return new FtpFetch(session, picture, size).fetch(spool, cancelled);
          } catch (IOException e) {
            throw watch.told(e);
          } finally {
            watch.end();
          }
        });
  }

  @Override
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    return with("store " + picture, session -> store(session, picture, content, cancelled));
  }

  private Stored store(
      FtpSession session, Location picture, PictureContent content, BooleanSupplier cancelled)
      throws IOException {
    FtpPublication publication = new FtpPublication(session, picture, content);
    FtpFolders folders = new FtpFolders(session);
    CancelWatch watch = new CancelWatch(session, cancelled);
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
      return publication.publish();
    } catch (RefusedException e) {
      folders.forget(picture.parent());
      throw e;
    } catch (IOException e) {
      throw watch.told(e);
    } finally {
      watch.end();
      if (publication.partMayExist()) {
        discard(session, publication);
      }
    }
  }

  /** Over the same session while it still speaks, else over a new one. */
  private void discard(FtpSession session, FtpPublication publication) {
    try {
      session.recover();
      remove(session, publication.part());
    } catch (IOException e) {
      removeOverNewSession(session, publication.part());
    }
  }

  private void removeOverNewSession(FtpSession broken, String part) {
    broken.close();
    try {
      PooledObject<FtpSession> opened = sessions.makeObject();
      try {
        remove(opened.getObject(), part);
      } finally {
        sessions.destroyObject(opened);
      }
    } catch (Exception e) {
      leftBehind.add(part);
      LOG.warn(
          "A temporary file stays until the server is used next. server={} path={} why={}",
          name,
          part,
          e.toString());
    }
  }

  /** A refusal may mean that it never was: 550 mostly, 450 from Apache FtpServer. */
  private void remove(FtpSession session, String part) throws IOException {
    FtpReply reply = session.command("DELE", part);
    if (!reply.isPositive() && session.command("SIZE", part).code() != 550) {
      LOG.warn("A temporary file stays behind. server={} path={} why={}", name, part, reply);
    }
  }

  private void removeLeftBehind(FtpSession session) {
    for (String part : List.copyOf(leftBehind)) {
      if (session.inStep() && leftBehind.remove(part)) {
        try {
          remove(session, part);
        } catch (IOException e) {
          leftBehind.add(part);
        }
      }
    }
  }

  @Override
  public boolean exists(Location folder) throws ArchiveException {
    return with("look for " + folder, session -> new FtpFolders(session).exists(folder));
  }

  @Override
  public boolean hasParent(Location folder) throws ArchiveException {
    return with("look for " + folder, session -> new FtpFolders(session).hasParent(folder));
  }

  @Override
  public void makeFolder(Location folder, boolean parents) throws ArchiveException {
    with(
        "make the folder " + folder,
        session -> {
          FtpFolders folders = new FtpFolders(session);
          if (parents) {
            folders.makeParents(folder);
          }
          folders.makeOne(folder);
          return true;
        });
  }

  private <T> T with(String what, Work<T> work) throws ArchiveException {
    FtpSession session = borrow(what);
    boolean sound = false;
    try {
      T result = work.with(session);
      removeLeftBehind(session);
      sound = session.inStep();
      return result;
    } catch (ArchiveException e) {
      sound = session.inStep();
      throw e;
    } catch (IOException e) {
      throw new PassingException(
          "The connection to server %s broke while it should %s: %s.".formatted(name, what, e), e);
    } finally {
      giveBack(session, sound);
    }
  }

  /**
   * Waits in line for a session. A server that takes no further session while others are open has a
   * lower limit than configured: the pool shrinks to what is open, and grows again by one a minute.
   */
  private FtpSession borrow(String what) throws ArchiveException {
    long since = System.nanoTime();
    while (System.nanoTime() - since < PATIENCE.toNanos()) {
      grow();
      try {
        return pool.borrowObject(TURN);
      } catch (PassingException | UnavailableException e) {
        if (!anyOpen()) {
          throw e;
        }
        shrink(e);
      } catch (NoSuchElementException e) {
        LOG.debug("Still waiting for a connection. server={} to={}", name, what);
      } catch (Exception e) {
        throw new PassingException(
            "No connection to server %s to %s: %s.".formatted(name, what, e.getMessage()), e);
      }
    }
    throw new PassingException(
        "No connection to server %s came free within %s to %s. Allow more connections to it, or run fewer syncs at once."
            .formatted(name, PATIENCE, what));
  }

  private boolean anyOpen() {
    try {
      return sessions.anyOpen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void shrink(ArchiveException refusal) {
    int open = Math.max(1, openConnections());
    if (open < pool.getMaxTotal()) {
      pool.setMaxTotal(open);
      LOG.warn(
          "The server takes no more connections; going on with those open. server={} connections={} why={}",
          name,
          open,
          refusal.getMessage());
    }
    changed = System.nanoTime();
  }

  private synchronized void grow() {
    if (pool.getMaxTotal() < connections && System.nanoTime() - changed > GROW_AFTER.toNanos()) {
      pool.setMaxTotal(pool.getMaxTotal() + 1);
      changed = System.nanoTime();
    }
  }

  private void giveBack(FtpSession session, boolean sound) {
    session.used();
    if (sound) {
      pool.returnObject(session);
      return;
    }
    try {
      pool.invalidateObject(session);
    } catch (Exception e) {
      LOG.debug("Dropping a broken session failed.", e);
    }
  }

  @Override
  public int openConnections() {
    return pool.listAllObjects().size(); // active and idle, read apart, may count one twice
  }

  @Override
  public void close() {
    pool.close();
  }
}

package io.picsync.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers that an archive is full, from one run to the next: stores fail at once then, without a
 * byte sent, but for one picture after a growing pause. Kept for each archive and not for each
 * server, because the folders of one server may lie on several disks. Thread-safe.
 */
final class Space {
  private static final Logger LOG = LoggerFactory.getLogger(Space.class);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Free space for so many pictures ends it: room for one would only make it full again. */
  private static final int PICTURES = 10;

  /** Bytes: larger than any picture, for a disk whose server does not say how much is free. */
  private static final long UNTOLD = Long.MAX_VALUE;

  private final InstantSource clock;
  private @Nullable Instant fullSince;
  private Instant refusedAt = Instant.MIN;
  private Duration pause = Duration.ZERO;
  private Duration jittered = Duration.ZERO;
  private boolean probing;
  private String why = "";

  /** More free bytes than this mean that there is room again. */
  private long enough = UNTOLD;

  Space(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Stores a picture as the archive's server does, if there may be room for it. While another one
   * is the probe its end is waited for.
   *
   * @throws NoSpaceException at once while the archive is known to be full
   */
  Stored store(Archive archive, Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    boolean probe = enter(archive, content.size(), cancelled);
    try {
      Stored stored = archive.server().store(picture, content, cancelled);
      if (probe && stored != Stored.ALREADY_THERE && content.size() != 0) {
        recovered(archive);
      }
      return stored;
    } catch (NoSpaceException e) {
      if (probe || !isFull()) {
        refused(archive, probe, content.size(), free(archive, cancelled), e);
      }
      throw e;
    } finally {
      if (probe) {
        left();
      }
    }
  }

  /**
   * Throws what {@link #store} would throw at once, before a picture is fetched in vain. While
   * another one is the probe its end is waited for.
   */
  void expectRoom(Archive archive, long size, BooleanSupplier cancelled) throws ArchiveException {
    synchronized (this) {
      awaitProbe(archive, cancelled);
      if (fullSince == null || isDue()) {
        return;
      }
    }
    refuseUnlessFreed(archive, size, cancelled);
  }

  synchronized boolean isFull() {
    return fullSince != null;
  }

  /**
   * @return whether this store is the probe
   */
  private boolean enter(Archive archive, long size, BooleanSupplier cancelled)
      throws ArchiveException {
    synchronized (this) {
      awaitProbe(archive, cancelled);
      if (fullSince == null) {
        return false;
      }
      if (isDue()) {
        probing = true;
        LOG.debug("Probing. archive={}", archive);
        return true;
      }
    }
    refuseUnlessFreed(archive, size, cancelled);
    return false;
  }

  private void refuseUnlessFreed(Archive archive, long size, BooleanSupplier cancelled)
      throws NoSpaceException {
    long wanted;
    synchronized (this) {
      wanted = Math.max(enough, PICTURES * size);
    }
    if (wanted == UNTOLD || free(archive, cancelled).orElse(0) <= wanted) {
      throw known(archive);
    }
    recovered(archive);
  }

  private synchronized void awaitProbe(Archive archive, BooleanSupplier cancelled)
      throws CancelledException {
    try {
      while (probing) {
        if (cancelled.getAsBoolean()) {
          throw new CancelledException("Stopped on request.");
        }
        wait(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          "Interrupted while the full archive %s is probed.".formatted(archive), e);
    }
  }

  /** A clock that was set back makes it due too. */
  private boolean isDue() {
    Duration passed = Duration.between(refusedAt, clock.instant());
    return passed.isNegative() || passed.compareTo(jittered) >= 0;
  }

  private synchronized NoSpaceException known(Archive archive) {
    return new NoSpaceException(
        "The archive %s is full since %s; one picture is tried again at %s, or the first when enough space is free: %s"
            .formatted(archive, seconds(fullSince), seconds(refusedAt.plus(jittered)), why));
  }

  private static Instant seconds(@Nullable Instant time) {
    return (time == null ? Instant.EPOCH : time).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Quotas are not told: free space that would have been enough says nothing of later. */
  private synchronized void refused(
      Archive archive, boolean probe, long size, OptionalLong free, NoSpaceException told) {
    if (isFull() && !probe) {
      return; // it was under way already
    }
    refusedAt = clock.instant();
    pause = pause.isZero() ? FIRST_PAUSE : min(pause.multipliedBy(2), LONGEST_PAUSE);
    double jitter = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    jittered = Duration.ofMillis((long) (pause.toMillis() * jitter));
    why = String.valueOf(told.getMessage());
    enough = free.isPresent() && free.getAsLong() < PICTURES * size ? PICTURES * size : UNTOLD;
    if (fullSince == null) {
      fullSince = refusedAt;
      LOG.error(
          "The destination is full. archive={} freeBytes={} nextProbe={} why={}",
          archive,
          free.isPresent() ? free.getAsLong() : "untold",
          seconds(refusedAt.plus(jittered)),
          why);
    } else {
      LOG.debug("The destination is still full. archive={} why={}", archive, why);
    }
  }

  private synchronized void recovered(Archive archive) {
    if (fullSince != null) {
      LOG.info("The destination has room again. archive={} fullSince={}", archive, fullSince);
    }
    fullSince = null;
    pause = Duration.ZERO;
  }

  private synchronized void left() {
    probing = false;
    notifyAll();
  }

  private static OptionalLong free(Archive archive, BooleanSupplier cancelled) {
    try {
      return archive.server().freeSpace(archive.root(), cancelled);
    } catch (ArchiveException e) {
      LOG.debug("The free space is not known. archive={}", archive, e);
      return OptionalLong.empty();
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

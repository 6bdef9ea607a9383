package io.picsync.archive.file;

import io.picsync.lists.WholeFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Syncs folders for threads that store into them at once: who comes while a folder is being synced
 * waits for the next time, and one does that for all who wait. So a new name is on the disk before
 * {@link #sync} returns, and a folder is synced less often than it gets names. Thread-safe.
 */
final class FolderSyncs {
  private final Consumer<Path> syncing;
  private final Map<Path, Round> rounds = new HashMap<>();

  FolderSyncs() {
    this(WholeFile::syncFolder);
  }

  FolderSyncs(Consumer<Path> syncing) {
    this.syncing = syncing;
  }

  /** What those who store into one folder share, as long as somebody does. */
  private static final class Round {
    private int users;
    private long begun;
    private long done;
    private boolean underWay;
  }

  /** Returns when the folder was synced once, from a moment after the call on. */
  void sync(Path folder) {
    Round round = enter(folder);
    try {
      if (begins(round)) {
        boolean synced = false;
        try {
          syncing.accept(folder);
          synced = true;
        } finally {
          ends(round, synced);
        }
      }
    } finally {
      leave(folder, round);
    }
  }

  private synchronized Round enter(Path folder) {
    Round round = rounds.computeIfAbsent(folder, path -> new Round());
    round.users++;
    return round;
  }

  private synchronized void leave(Path folder, Round round) {
    if (--round.users == 0) {
      rounds.remove(folder);
    }
  }

  /**
   * @return true when the caller is to sync, for itself and all who wait; false when another did
   */
  private synchronized boolean begins(Round round) {
    long wanted = round.begun + 1;
    boolean interrupted = false;
    while (round.underWay && round.done < wanted) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // the name has to be safe all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (round.done >= wanted) {
      return false;
    }
    round.underWay = true;
    round.begun++;
    return true;
  }

  private synchronized void ends(Round round, boolean synced) {
    round.underWay = false;
    if (synced) {
      round.done = round.begun;
    }
    notifyAll();
  }
}

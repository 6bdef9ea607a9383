package io.picsync.archive.ftp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The folders of a server that were seen or made last, so that none is looked for before each
 * picture; as many as are remembered. Thread-safe.
 */
final class SeenFolders {
  private static final int FOLDERS = 1000;
  private static final long MAKING = Long.MAX_VALUE;

  /** When each was first seen or made, in nanoseconds of the system. */
  private final Map<String, Long> folders = remembered();

  /** Those that took a picture. */
  private final Set<String> filled = Collections.newSetFromMap(remembered());

  private static <V> Map<String, V> remembered() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > FOLDERS;
      }
    };
  }

  /** False while it is being made: who stores into it before it is there is refused. */
  synchronized boolean hasSeen(String folder) {
    Long since = folders.get(folder);
    return since != null && since != MAKING;
  }

  synchronized void seen(String folder) {
    folders.putIfAbsent(folder, System.nanoTime());
  }

  /** Until {@link #made} or {@link #forget} it counts as new at any time. */
  synchronized void making(String folder) {
    folders.put(folder, MAKING);
    filled.remove(folder);
  }

  synchronized void made(String folder) {
    folders.put(folder, System.nanoTime());
  }

  /** Whether another worker made it, or first saw it, after this {@code System.nanoTime()}. */
  synchronized boolean isNewSince(String folder, long since) {
    Long made = folders.get(folder);
    return made != null && (made == MAKING || made - since >= 0);
  }

  synchronized void forget(String folder) {
    folders.remove(folder);
    filled.remove(folder);
  }

  /** A picture was stored in it. */
  synchronized void filled(String folder) {
    filled.add(folder);
  }

  /** Whether a picture was stored in it since it was last seen missing or refused one. */
  synchronized boolean isFilled(String folder) {
    return filled.contains(folder);
  }
}

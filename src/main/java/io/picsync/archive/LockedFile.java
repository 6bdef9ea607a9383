package io.picsync.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that this process alone has the lock of, until it is closed or the process ends, however
 * that is. Locks are the operating system's, so they hold against other processes; within this one
 * they are remembered here, because Linux drops a process's lock when it closes any of its channels
 * on the file. Thread-safe.
 */
public final class LockedFile implements AutoCloseable {
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private LockedFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @param file as its real path, by which it is known here
   * @param options to open it with; a lock wants WRITE
   * @return empty while somebody else has it
   * @throws IOException when it can't be opened, or its file system has no locks
   */
  public static Optional<LockedFile> tryLock(Path file, OpenOption... options) throws IOException {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    LockedFile locked = null;
    try {
      FileChannel channel = FileChannel.open(file, options);
      try {
        locked = channel.tryLock() == null ? null : new LockedFile(file, channel);
      } finally {
        if (locked == null) {
          channel.close();
        }
      }
      return Optional.ofNullable(locked);
    } finally {
      if (locked == null) {
        HELD.remove(file);
      }
    }
  }

  /** Whether this process has it: opening and closing it another time would drop the lock. */
  public static boolean isHeldHere(Path file) {
    return HELD.contains(file);
  }

  /** To read and write it, as far as it was opened for that; closing it gives the lock back. */
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(file);
  }
}

package io.picsync.archive;

import io.picsync.lists.WholeFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose temporary files are whose: each running picsync holds the lock of one file {@code
 * .ID.picsync.lock} in its reports folder, and the system lets go of it however the process ends.
 * The next one takes the same file, so there are no more of them than ran at once. An id whose lock
 * is free is gone; one that has no file here belongs to somebody else. Thread-safe.
 */
public final class Owner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);
  private static final Pattern LOCK = Pattern.compile("\\.([0-9a-f]{8})\\.picsync\\.lock");

  private final @Nullable Path folder;
  private final String id;
  private final @Nullable LockedFile lock;

  private Owner(@Nullable Path folder, String id, @Nullable LockedFile lock) {
    this.folder = folder;
    this.id = id;
    this.lock = lock;
  }

  /** One that no later process knows again: what it leaves is nobody's. */
  public static Owner unknown() {
    return new Owner(null, newId(), null);
  }

  /**
   * The first id of the folder that no process has, else a new one. Where locks can't be had the
   * work goes on as {@link #unknown}.
   *
   * @param reports must exist
   */
  public static Owner in(Path reports) {
    try {
      Path folder = reports.toRealPath();
      while (true) {
        for (String id : ids(folder)) {
          Optional<LockedFile> free = lock(file(folder, id));
          if (free.isPresent()) {
            return new Owner(folder, id, free.get());
          }
        }
        Files.createFile(file(folder, newId())); // whoever is first has it
        WholeFile.syncFolder(folder);
      }
    } catch (IOException e) {
      LOG.warn(
          "No lock can be had in the reports folder: should picsync be killed, its temporary files stay. folder={} why={}",
          reports,
          e.toString());
      return unknown();
    }
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  }

  private static Path file(Path folder, String id) {
    return folder.resolve("." + id + ".picsync.lock");
  }

  private static SortedSet<String> ids(Path folder) throws IOException {
    SortedSet<String> ids = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.lock")) {
      for (Path file : files) {
        Matcher lock = LOCK.matcher(String.valueOf(file.getFileName()));
        if (lock.matches()) {
          ids.add(lock.group(1));
        }
      }
    }
    return ids;
  }

  /** Empty while another process, or another runtime of this one, has it, and when none may. */
  private static Optional<LockedFile> lock(Path file) throws IOException {
    try {
      return LockedFile.tryLock(file, StandardOpenOption.WRITE);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return Optional.empty();
    }
  }

  /** Eight hexadecimal digits. */
  public String id() {
    return id;
  }

  /** Whether this id was a process of this folder that has ended; its own id was one, too. */
  public boolean isGone(String other) {
    if (folder == null) {
      return false;
    }
    if (other.equals(id)) {
      return true;
    }
    Path file = file(folder, other);
    try {
      Optional<LockedFile> free = lock(file);
      if (free.isPresent()) {
        free.get().close();
      }
      return free.isPresent();
    } catch (IOException e) {
      LOG.debug("The lock {} can't be tried.", file, e);
      return false;
    }
  }

  /** Whether no other process works with this folder now. */
  public boolean isAlone() {
    try {
      return folder != null && ids(folder).stream().allMatch(this::isGone);
    } catch (IOException e) {
      LOG.debug("The locks in {} can't be listed.", folder, e);
      return false;
    }
  }

  @Override
  public void close() {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.debug("The lock of {} can't be given back.", id, e);
      }
    }
  }
}

package io.picsync.command;

import io.picsync.archive.LockedFile;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Held by a service as long as it lives, so that no second one runs the same syncs beside it. The
 * operating system gives it back however the process ends; the file stays.
 */
final class ServiceLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceLock.class);
  private static final String NAME = "service.lock";

  private final @Nullable LockedFile file;

  private ServiceLock(@Nullable LockedFile file) {
    this.file = file;
  }

  /**
   * Where the file system has no locks, the log says so, and nothing is held.
   *
   * @param state what services that run the same syncs have in common; made where it is not there
   * @throws SettingsException when another service holds it
   */
  static ServiceLock take(Path state) {
    try {
      Path file = Files.createDirectories(state).toRealPath().resolve(NAME);
      Optional<LockedFile> locked =
          LockedFile.tryLock(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (locked.isEmpty()) {
        throw new SettingsException(
            "Another picsync service%s runs the syncs of %s. Stop it first, or give this one another base (%s) and state (%s)."
                .formatted(holder(file), state, Home.BASE, Home.STATE));
      }
      tellHolder(locked.get());
      return new ServiceLock(locked.get());
    } catch (IOException e) {
      LOG.warn(
          "Whether another service runs the same syncs can't be told. folder={} why={}",
          state,
          e.toString());
      return new ServiceLock(null);
    }
  }

  /** For people only; on a full disk the lock is held all the same. */
  private static void tellHolder(LockedFile locked) {
    String pid = ProcessHandle.current().pid() + "\n";
    try {
      locked.channel().truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      LOG.debug("The lock does not tell its holder.", e);
    }
  }

  private static String holder(Path file) {
    if (LockedFile.isHeldHere(file)) {
      return " of this process";
    }
    try {
      String told = Files.readString(file).strip();
      return told.isEmpty() ? "" : ", process " + told + ",";
    } catch (IOException e) {
      LOG.debug("The lock does not tell its holder.", e);
      return "";
    }
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      LOG.debug("The lock goes with the process.", e);
    }
  }
}

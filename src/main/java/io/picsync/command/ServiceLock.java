package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
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
  private static final int LONGEST_PID = 20;

  private final @Nullable FileChannel channel;

  private ServiceLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Where the file system has no locks, the log says so, and nothing is held.
   *
   * @param state what services that run the same syncs have in common; made where it is not there
   * @throws SettingsException when another service holds it
   */
  static ServiceLock take(Path state) {
    Path file = state.resolve(NAME);
    FileChannel channel;
    boolean taken;
    try {
      Files.createDirectories(state);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      taken = isTaken(channel);
    } catch (IOException e) {
      LOG.warn(
          "Whether another service runs the same syncs can't be told. file={} why={}",
          file,
          e.toString());
      return new ServiceLock(null);
    }
    ServiceLock lock = new ServiceLock(channel);
    if (!taken) {
      String holder = lock.holder();
      lock.close();
      throw new SettingsException(
          "Another picsync service%s runs the syncs of %s. Stop it first, or give this one another base (%s) and state (%s)."
              .formatted(holder, state, Home.BASE, Home.STATE));
    }
    lock.tellHolder();
    return lock;
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another service of this process
    }
  }

  /** For people only; on a full disk the lock is held all the same. */
  private void tellHolder() {
    String pid = ProcessHandle.current().pid() + "\n";
    try {
      channel().truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      LOG.debug("The lock does not tell its holder.", e);
    }
  }

  private String holder() {
    ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
    try {
      channel().read(pid, 0);
    } catch (IOException e) {
      LOG.debug("The lock does not tell its holder.", e);
    }
    String told = new String(pid.array(), 0, pid.position(), StandardCharsets.UTF_8).strip();
    return told.isEmpty() ? "" : ", process " + told + ",";
  }

  private FileChannel channel() {
    return Objects.requireNonNull(channel);
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("The lock goes with the process.", e);
    }
  }
}

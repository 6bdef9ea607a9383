package io.picsync.lists;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one list. The file is made with the first line, under a hidden temporary name, and appears
 * under its own with {@link #publish()}, synced to disk. Thread-safe.
 */
public final class ListWriter {
  private static final int BUFFER = 64 * 1024;

  private final Path target;
  private final Path part;
  private @Nullable FileChannel channel;
  private @Nullable OutputStream out;
  private long lines;
  private boolean ended;

  public ListWriter(Path target) {
    this.target = target;
    this.part = target.resolveSibling("." + target.getFileName() + ".part");
  }

  /**
   * @throws IllegalStateException after the end: a straggler of a run that is over
   */
  public synchronized void append(Lines more) throws IOException {
    if (ended) {
      throw new IllegalStateException("The list " + target + " is closed.");
    }
    if (more.count() == 0) {
      return;
    }
    more.writeTo(open());
    lines += more.count();
  }

  private OutputStream open() throws IOException {
    if (out == null) {
      Files.createDirectories(target.getParent());
      channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
      out = new GZIPOutputStream(Channels.newOutputStream(channel), BUFFER);
    }
    return out;
  }

  public synchronized long lines() {
    return lines;
  }

  /**
   * Makes the list visible under its name; a second call does nothing.
   *
   * @return the file, empty when there was no line
   */
  public synchronized Optional<Path> publish() throws IOException {
    if (!ended && out != null && channel != null) {
      ((GZIPOutputStream) out).finish();
      channel.force(true);
      channel.close();
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
    ended = true;
    return lines == 0 ? Optional.empty() : Optional.of(target);
  }

  /** Removes an unpublished list. */
  public synchronized void discard() throws IOException {
    if (!ended && channel != null) {
      channel.close();
      Files.deleteIfExists(part);
    }
    ended = true;
  }
}

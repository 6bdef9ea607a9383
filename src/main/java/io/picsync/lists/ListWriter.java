package io.picsync.lists;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private @Nullable FileChannel channel;
  private @Nullable OutputStream out;
  private long lines;
  private boolean ended;

  public ListWriter(Path target) {
    this.target = target;
  }

  /**
   * @throws IllegalStateException after the end: a straggler of a run that is over
   */
  public synchronized void append(Lines more) throws IOException {
    if (more.count() == 0) {
      return;
    }
    if (ended) {
      throw new IllegalStateException("The list " + target + " is closed.");
    }
    try {
      more.writeTo(open());
    } catch (IOException e) {
      throw new UnwritableFileException(target, e);
    }
    lines += more.count();
  }

  private OutputStream open() throws IOException {
    if (out == null) {
      channel = WholeFile.open(target);
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
      WholeFile.publish(target, channel);
    }
    ended = true;
    return lines == 0 ? Optional.empty() : Optional.of(target);
  }

  /** Removes an unpublished list. */
  public synchronized void discard() throws IOException {
    if (!ended && channel != null) {
      channel.close();
      Files.deleteIfExists(WholeFile.part(target));
    }
    ended = true;
  }
}

package io.picsync.lists;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.output.CloseShieldOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one list. The file is made with the first line, under a hidden temporary name, and appears
 * under its own with {@link #publish()}, synced to disk. It consists of gzip members of some
 * thousand lines each, so that {@link ListPage} begins in its middle. Thread-safe.
 */
public final class ListWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ListWriter.class);
  private static final int BUFFER = 64 * 1024;

  /** A member ends with the first batch that reaches so many lines. */
  private static final int MEMBER = 4096;

  private final Path target;
  private @Nullable FileChannel channel;
  private @Nullable OutputStream out;
  private long lines;
  private long linesOfMember;
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
      lines += more.count();
      linesOfMember += more.count();
      if (linesOfMember >= MEMBER) {
        endMember();
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What can't be written whole is no list: it goes, and whoever publishes it later gets none. */
  private UnwritableFileException broken(IOException failure) {
    try {
      withdraw();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return new UnwritableFileException(target, failure);
  }

  private OutputStream open() throws IOException {
    if (channel == null) {
      channel = WholeFile.open(target);
    }
    if (out == null) {
      out =
          new GZIPOutputStream(
              CloseShieldOutputStream.wrap(Channels.newOutputStream(channel)), BUFFER);
    }
    return out;
  }

  private void endMember() throws IOException {
    if (out != null) {
      out.close();
      out = null;
      linesOfMember = 0;
    }
  }

  public synchronized long lines() {
    return lines;
  }

  /**
   * Makes the list visible under its name; a second call does nothing.
   *
   * @return the file, empty when there was no line, or the list could not be written or is
   *     withdrawn
   */
  public synchronized Optional<Path> publish() throws IOException {
    if (!ended && channel != null) {
      try {
        endMember();
        WholeFile.publish(target, channel);
      } catch (IOException e) {
        throw broken(e);
      }
    }
    ended = true;
    return lines == 0 ? Optional.empty() : Optional.of(target);
  }

  /** Removes an unpublished list. */
  public synchronized void discard() throws IOException {
    if (!ended && channel != null) {
      try {
        endMember(); // gives its memory back
      } catch (IOException e) {
        LOG.debug("The end of {} can't be written, as its lines before.", target, e);
      } finally {
        channel.close();
      }
      Files.deleteIfExists(WholeFile.part(target));
    }
    ended = true;
  }

  /** Removes a list that no report will name, published or not. */
  public synchronized void withdraw() throws IOException {
    lines = 0;
    discard();
    Files.deleteIfExists(target);
  }
}

package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fills a file of the spool folder. */
final class FileSink extends Spool.Sink {
  private final Path file;
  private final OutputStream out;
  private final long listed;
  private long count;
  private boolean finished;

  FileSink(Path file, long listed) throws NoSpaceException {
    this.file = file;
    this.listed = listed;
    try {
      this.out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw Spool.unusable(file, e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    try {
      out.write(from, offset, length);
    } catch (IOException e) {
      throw Spool.unusable(file, e);
    }
    count += length;
  }

  @Override
  public void takeFrom(InputStream in, BooleanSupplier cancelled, String what) throws IOException {
    byte[] buffer = new byte[CHUNK];
    while (count <= listed) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      stopIf(cancelled, what);
      write(buffer, 0, read);
    }
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public FetchedPicture finish(@Nullable Instant modified) throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw Spool.unusable(file, e);
    }
    finished = true;
    return FetchedPicture.inFile(file, count, modified);
  }

  @Override
  public void drop() {
    if (finished) {
      return;
    }
    try (out) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      FetchedPicture.LOG.warn(
          "A spool file could not be removed. file={} why={}", file, e.toString());
    }
  }
}

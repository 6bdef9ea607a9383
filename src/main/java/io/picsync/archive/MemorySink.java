package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fills one array up to the listed size; what comes beyond it is counted and dropped. */
final class MemorySink extends Spool.Sink {
  private final PictureBuffers buffers;
  private final byte[] bytes;
  private final int size;
  private long count;
  private boolean mine = true;

  /**
   * @param size as listed
   * @param buffers lend the array
   */
  MemorySink(int size, PictureBuffers buffers) {
    this.buffers = buffers;
    this.bytes = buffers.take(size);
    this.size = size;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    if (count < size) {
      System.arraycopy(from, offset, bytes, (int) count, Math.min(length, size - (int) count));
    }
    count += length;
  }

  @Override
  public void takeFrom(InputStream in, BooleanSupplier cancelled, String what) throws IOException {
    while (count < size) {
      int read = in.read(bytes, (int) count, (int) Math.min(CHUNK, size - count));
      if (read < 0) {
        return;
      }
      stopIf(cancelled, what);
      count += read;
    }
    if (in.read() >= 0) {
      count++;
    }
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public FetchedPicture finish(@Nullable Instant modified) {
    mine = false;
    return FetchedPicture.inMemory(bytes, (int) Math.min(count, size), buffers, modified);
  }

  @Override
  public void drop() {
    if (mine) {
      mine = false;
      buffers.give(bytes);
    }
  }
}

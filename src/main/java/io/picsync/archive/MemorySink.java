package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Fills one array of the listed size; what comes beyond it is counted and dropped. */
final class MemorySink extends Spool.Sink {
  private final byte[] bytes;
  private long count;

  MemorySink(int size) {
    bytes = new byte[size];
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    if (count < bytes.length) {
      System.arraycopy(
          from, offset, bytes, (int) count, Math.min(length, bytes.length - (int) count));
    }
    count += length;
  }

  @Override
  public void takeFrom(InputStream in, BooleanSupplier cancelled, String what) throws IOException {
    while (count < bytes.length) {
      int read = in.read(bytes, (int) count, (int) Math.min(CHUNK, bytes.length - count));
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
    return FetchedPicture.inMemory(bytes, modified);
  }

  @Override
  public void drop() {
    // the array goes with this object
  }
}

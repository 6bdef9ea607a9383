package io.picsync.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole picture between fetch and store: a stream that any Camel endpoint can read, and read
 * again after {@link #reset()}, as a redelivery does. Closing it ends the reading only; {@link
 * #release()} gives its memory back or removes its spool file, at the latest when the exchange that
 * fetched it is done; then it can't be read any more. Not for several threads at once; {@link
 * #copy} gives each its own reader of the same bytes.
 */
public final class FetchedPicture extends InputStream implements StreamCache, Direct {
  static final Logger LOG = LoggerFactory.getLogger(FetchedPicture.class);

  private final byte @Nullable [] bytes;
  private final @Nullable Path file;
  private final Holders holders;
  private final long length;
  private final @Nullable Instant modified;
  private @Nullable InputStream reader;
  private long position;
  private boolean released;

  private FetchedPicture(
      byte @Nullable [] bytes,
      @Nullable Path file,
      Holders holders,
      long length,
      @Nullable Instant modified) {
    this.bytes = bytes;
    this.file = file;
    this.holders = holders;
    this.length = length;
    this.modified = modified;
  }

  /**
   * @param bytes what is beyond {@code length} is none of it
   * @param buffers get them in the end
   */
  static FetchedPicture inMemory(
      byte[] bytes, int length, PictureBuffers buffers, @Nullable Instant modified) {
    return new FetchedPicture(
        bytes, null, new Holders(() -> buffers.give(bytes)), length, modified);
  }

  static FetchedPicture inFile(Path file, long length, @Nullable Instant modified) {
    return new FetchedPicture(null, file, new Holders(() -> remove(file)), length, modified);
  }

  private static void remove(Path spoolFile) {
    try {
      Files.deleteIfExists(spoolFile);
    } catch (IOException e) {
      LOG.warn("A spool file could not be removed. file={} why={}", spoolFile, e.toString());
    }
  }

  /**
   * Those that read the same bytes.
   *
   * @param none what is done when the last of them gives them up
   */
  private record Holders(AtomicInteger count, Runnable none) {
    /** The first one. */
    Holders(Runnable none) {
      this(new AtomicInteger(1), none);
    }

    void more() {
      count.incrementAndGet();
    }

    void less() {
      if (count.decrementAndGet() == 0) {
        none.run();
      }
    }
  }

  /** In UTC, null where the source tells none that can be trusted. */
  public @Nullable Instant modified() {
    return modified;
  }

  /**
   * What is wrong with a JPEG that is not whole; empty for a whole one and for what is no JPEG by
   * its name. Reads a few bytes at both ends.
   */
  Optional<String> damage(String path) throws IOException {
    if (!JpegInspection.isMeant(path)) {
      return Optional.empty();
    }
    if (bytes != null) {
      return JpegInspection.damage(at -> bytes[(int) at] & 0xff, length);
    }
    if (file == null) {
      throw new IOException("the picture has no bytes");
    }
    try (FileBlocks blocks = new FileBlocks(file)) {
      return JpegInspection.damage(blocks::at, length);
    }
  }

  private InputStream reader() throws IOException {
    if (reader == null) {
      reader = again();
    }
    return reader;
  }

  /** Another reader of the same bytes, from their beginning; to be closed. */
  InputStream again() throws IOException {
    refuseIfReleased();
    if (bytes != null) {
      return new ByteArrayInputStream(bytes, 0, (int) length);
    }
    if (file == null) {
      throw new IOException("the picture has no bytes");
    }
    return Files.newInputStream(file);
  }

  /** Its memory is another picture's by now. */
  private void refuseIfReleased() throws IOException {
    if (released) {
      throw new IOException("the picture is read after its exchange was done");
    }
  }

  @Override
  public synchronized int read() throws IOException {
    int b = reader().read();
    if (b >= 0) {
      position++;
    }
    return b;
  }

  @Override
  public synchronized int read(byte[] into, int offset, int count) throws IOException {
    int read = reader().read(into, offset, count);
    if (read > 0) {
      position += read;
    }
    return read;
  }

  /** The rest of it, from memory without a copy between. */
  @Override
  public synchronized long moveTo(
      OutputStream out, int chunk, BooleanSupplier cancelled, String what) throws IOException {
    if (bytes == null) {
      return Pump.copy(this, out, chunk, cancelled, what);
    }
    refuseIfReleased();
    long from = position;
    while (position < length) {
      Spool.Sink.stopIf(cancelled, what);
      int part = (int) Math.min(chunk, length - position);
      out.write(bytes, (int) position, part);
      reader().skipNBytes(part);
      position += part;
    }
    return position - from;
  }

  @Override
  public int available() throws IOException {
    return reader().available();
  }

  @Override
  public void close() {
    reset();
  }

  @Override
  public void reset() {
    position = 0;
    InputStream open = reader;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.debug("Closing a reader failed.", e);
      }
    }
  }

  @Override
  public void writeTo(OutputStream os) throws IOException {
    transferTo(os);
  }

  @Override
  public synchronized StreamCache copy(Exchange exchange) throws IOException {
    refuseIfReleased();
    holders.more();
    FetchedPicture copy = new FetchedPicture(bytes, file, holders, length, modified);
    copy.releaseWith(exchange);
    return copy;
  }

  /** Releases this when the exchange is done, however it ends. */
  void releaseWith(Exchange exchange) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                release();
              }
            });
  }

  /** Gives the bytes up; the last holder's call frees memory or removes the spool file. */
  public synchronized void release() {
    reset();
    if (released) {
      return;
    }
    released = true;
    holders.less();
  }

  @Override
  public boolean inMemory() {
    return bytes != null;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public long position() {
    return position;
  }
}

package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a picture is kept between fetch and store: in memory up to a bound, in a file of the spool
 * folder beyond it. Thread-safe.
 */
public final class Spool {
  private final Path folder;
  private final long memory;
  private final Flow flow;
  private final PictureBuffers buffers;

  /**
   * For pictures that nothing holds up.
   *
   * @param folder made when it is first needed
   * @param memory the largest picture kept in memory, in bytes
   */
  public Spool(Path folder, long memory) {
    this(folder, memory, Flow.FREE, new PictureBuffers());
  }

  private Spool(Path folder, long memory, Flow flow, PictureBuffers buffers) {
    this.folder = folder;
    this.memory = memory;
    this.flow = flow;
    this.buffers = buffers;
  }

  /**
   * The same for a picture whose bytes flow so.
   *
   * @param other how fast bytes may come
   */
  Spool with(Flow other) {
    return new Spool(folder, memory, other, buffers);
  }

  public Path folder() {
    return folder;
  }

  boolean keepsInMemory(long size) {
    return size <= memory && size <= Integer.MAX_VALUE - 16;
  }

  private Path newFile() throws NoSpaceException {
    try {
      Files.createDirectories(folder);
      return Files.createTempFile(folder, "picsync-", ".spool");
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  /** Ends the run as a full disk does, for every larger picture would fail alike. */
  static NoSpaceException unusable(Path where, IOException e) {
    return new NoSpaceException(
        "The spool for large pictures can't be written at %s: %s. Make room there, or set picsync.transfer.spool to another folder."
            .formatted(where, e.getMessage()),
        e);
  }

  /** Receives a picture's bytes and counts them. */
  public abstract static sealed class Sink extends OutputStream
      permits MemorySink, FileSink, FlowSink {
    static final int CHUNK = 128 * 1024;

    public abstract long count();

    /**
     * Takes a stream's bytes until it ends, or until more than those listed have come: the rest of
     * a picture that grows is of no use.
     *
     * @throws CancelledException when {@code cancelled}, asked between chunks, says so
     */
    public abstract void takeFrom(InputStream in, BooleanSupplier cancelled, String what)
        throws IOException;

    static void stopIf(BooleanSupplier cancelled, String what) throws CancelledException {
      if (cancelled.getAsBoolean()) {
        throw new CancelledException("Stopped on request: " + what + ".");
      }
    }

    /** Ends writing; the result owns the bytes. */
    public abstract FetchedPicture finish(@Nullable Instant modified) throws IOException;

    /** Drops what was written; does nothing after {@link #finish}. */
    public abstract void drop();
  }

  /**
   * @param size as listed; at most this many bytes are taken, one more fails
   */
  public Sink sink(long size) throws IOException {
    Sink sink =
        keepsInMemory(size) ? new MemorySink((int) size, buffers) : new FileSink(newFile(), size);
    return new FlowSink(sink, flow);
  }
}

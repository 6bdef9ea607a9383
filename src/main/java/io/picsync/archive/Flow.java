package io.picsync.archive;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One picture's bytes on their way from or to a server: within the bandwidth of the server and of
 * the sync, and halted while the run is paused. For one thread.
 */
public final class Flow {
  /** For pictures that nothing holds up. */
  static final Flow FREE = new Flow(null, Bandwidth.unlimited(), true, () -> false);

  /**
   * How long a picture under way keeps its connection while the run is paused. A longer pause gives
   * the connection to others, before the server drops it; the picture then begins anew.
   */
  private static final Duration HOLD = Duration.ofSeconds(5);

  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

  private final @Nullable Traffic traffic;
  private final Bandwidth server;
  private final boolean fetch;
  private final BooleanSupplier cancelled;
  private boolean abandoned;
  private boolean begun;

  /**
   * @param traffic null for bytes of no run
   * @param server of the server that they come from or go to
   * @param fetch false for a store
   */
  Flow(@Nullable Traffic traffic, Bandwidth server, boolean fetch, BooleanSupplier cancelled) {
    this.traffic = traffic;
    this.server = server;
    this.fetch = fetch;
    this.cancelled = cancelled;
  }

  /** Whether the picture was given up for a pause: it is to begin anew when the run goes on. */
  boolean abandoned() {
    return abandoned;
  }

  /**
   * Waits for its turn, and while the run is paused, before a connection is taken. To be ended.
   *
   * @throws CancelledException when it was cancelled meanwhile
   */
  void begin() throws CancelledException {
    if (traffic != null) {
      if (fetch) {
        traffic.balance().beginFetch(this::isBounded, cancelled);
      } else {
        traffic.balance().beginStore();
      }
      begun = true;
    }
    awaitBegin();
  }

  private boolean isBounded() {
    return !server.now().isUnlimited()
        || (traffic != null && !traffic.bandwidth().now().isUnlimited());
  }

  /** The picture has gone its way, or has not. */
  void end() {
    if (begun && traffic != null) {
      if (fetch) {
        traffic.balance().endFetch();
      } else {
        traffic.balance().endStore();
      }
    }
  }

  private void awaitBegin() throws CancelledException {
    while (traffic != null && traffic.paused() && !traffic.resumedWithin(HOLD)) {
      // a pause may last for days
    }
    if (cancelled.getAsBoolean()) {
      throw new CancelledException("Stopped on request.");
    }
  }

  /**
   * Waits as long as that many bytes want.
   *
   * @throws PassingException when the run is paused for longer than a connection is kept
   */
  void pass(int bytes) throws PassingException {
    pass(bytes, fetch);
  }

  private void pass(int bytes, boolean fetched) throws PassingException {
    int left = bytes;
    while (left > 0 && !cancelled.getAsBoolean()) {
      int slice = Math.min(left, slice());
      await(take(slice, fetched));
      awaitResume();
      left -= slice;
    }
  }

  private int slice() {
    int slice = Throttle.slice(server.now());
    return traffic == null ? slice : Math.min(slice, Throttle.slice(traffic.bandwidth().now()));
  }

  private long take(int bytes, boolean fetched) {
    long wait = take(server, bytes, fetched);
    return traffic == null ? wait : Math.max(wait, take(traffic.bandwidth(), bytes, fetched));
  }

  private static long take(Bandwidth bandwidth, int bytes, boolean fetched) {
    return fetched ? bandwidth.takeFetched(bytes) : bandwidth.takeStored(bytes);
  }

  private void await(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && goesOn(); left = until - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, LOOK));
    }
  }

  private boolean goesOn() {
    return !cancelled.getAsBoolean() && !Thread.currentThread().isInterrupted();
  }

  private void awaitResume() throws PassingException {
    if (traffic == null || !traffic.paused()) {
      return;
    }
    // one that was in line for its connection when the pause began keeps it no longer than others
    Duration left = HOLD.minus(traffic.pausedFor());
    if (!traffic.resumedWithin(left.isNegative() ? Duration.ZERO : left)) {
      abandoned = true;
      throw new PassingException("The run is paused; the picture begins anew when it goes on.");
    }
  }

  /** What takes the bytes of a stored picture that come back, as fast as they may. */
  OutputStream back(OutputStream bytes) {
    return new FilterOutputStream(bytes) {
      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        pass(length, true);
      }
    };
  }

  /** The same bytes, as fast as they may go. */
  InputStream through(InputStream bytes) {
    return new Flowing(bytes);
  }

  private final class Flowing extends FilterInputStream implements Direct {
    Flowing(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        pass(1);
      }
      return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      if (read > 0) {
        pass(read);
      }
      return read;
    }

    @Override
    public long moveTo(OutputStream to, int chunk, BooleanSupplier stop, String what)
        throws IOException {
      OutputStream flowing =
          new FilterOutputStream(to) {
            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
              pass(length);
              out.write(from, offset, length);
            }
          };
      return Pump.move(in, flowing, chunk, stop, what);
    }
  }
}

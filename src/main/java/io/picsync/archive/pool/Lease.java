package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call's use of a connection, from the attempt to open it on. A thread that waits for a server
 * looks at nothing else until the server's timeout, so the pool's watch looks for it. Thread-safe.
 */
final class Lease<C extends Connection> {
  /** For a server that only is slow: its picture may be finished in that time. */
  private static final int PATIENCE = 8;

  private final BooleanSupplier cancelled;
  private @Nullable Runnable abort;
  private @Nullable C connection;
  private @Nullable ArchiveException end;
  private boolean over;
  private int looks;

  Lease(BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  BooleanSupplier cancelled() {
    return cancelled;
  }

  /** What ends the attempt that is under way now. */
  void abortBy(Runnable ends) {
    synchronized (this) {
      abort = ends;
    }
    repeatEnd();
  }

  void has(C opened) {
    synchronized (this) {
      connection = opened;
    }
    abortBy(opened::abort);
  }

  /** Called by the watch, half a second apart. */
  void look() {
    if (cancelled.getAsBoolean() && ++looks == PATIENCE) {
      end(new CancelledException("Stopped on request."));
    }
    repeatEnd(); // an attempt may begin in the moment of its end
    C used;
    synchronized (this) {
      used = over ? null : connection;
    }
    if (used != null) {
      used.endIfStalled();
    }
  }

  /** Ends what the call waits for; its failure is then told as this one. */
  void end(ArchiveException why) {
    synchronized (this) {
      if (end == null && !over) {
        end = why;
      }
    }
    repeatEnd();
  }

  /**
   * Under the lock, so that what ends an attempt is over before the connection it made is used: it
   * may take more from under its thread than {@link Connection#abort} does.
   */
  private synchronized void repeatEnd() {
    if (end != null && !over && abort != null) {
      abort.run();
    }
  }

  /** Why it was ended from outside, if it was: no fault of the server. */
  synchronized @Nullable ArchiveException ended() {
    return end;
  }

  /**
   * The call is over.
   *
   * @return whether its connection was left alone meanwhile
   */
  synchronized boolean release() {
    over = true;
    return end == null;
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.CancelledException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Ends a session whose server keeps silent after the run was cancelled: a thread that waits for a
 * server looks at nothing else until the server's timeout, and picsync could not stop meanwhile.
 */
final class CancelWatch {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** For a server that only is slow: its picture may be finished in that time. */
  private static final int LOOKS = 8;

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final FtpSession session;
  private final BooleanSupplier cancelled;
  private final ScheduledFuture<?> looking;
  private int cancelledLooks;
  private volatile boolean aborted;

  /**
   * @throws CancelledException when it is cancelled already, so nothing begins
   */
  CancelWatch(FtpSession session, BooleanSupplier cancelled) throws CancelledException {
    if (cancelled.getAsBoolean()) {
      throw new CancelledException("Stopped on request.");
    }
    this.session = session;
    this.cancelled = cancelled;
    this.looking =
        TIMER.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "archive-cancel-watch");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private void look() {
    if (cancelled.getAsBoolean() && ++cancelledLooks == LOOKS) {
      aborted = true;
      session.abort();
    }
  }

  /** What a failure is to be told as: one that this watch made is no fault of the server. */
  IOException told(IOException failure) {
    return aborted ? new CancelledException("Stopped on request.") : failure;
  }

  void end() {
    looking.cancel(false);
  }
}

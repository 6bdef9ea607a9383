package io.picsync.archive;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Ends a write for which the server takes nothing for too long: sockets have a timeout for reading
 * only, so a server that stalls would hold its thread for ever. One thread writes, any may look.
 */
public final class StallWatch {
  private final Duration longest;
  private final Runnable abort;
  private volatile long since;
  private volatile boolean writing;
  private volatile boolean stalled;

  /**
   * @param longest that one write may take; zero for no limit
   * @param abort ends a write that waits, and never waits itself
   */
  public StallWatch(Duration longest, Runnable abort) {
    this.longest = longest.isZero() ? Duration.ofNanos(Long.MAX_VALUE) : longest;
    this.abort = abort;
  }

  /** Any thread may call this. */
  public void endIfStalled() {
    if (writing && System.nanoTime() - since > longest.toNanos()) {
      stalled = true;
      abort.run();
    }
  }

  /** Something that waits for the server. */
  @FunctionalInterface
  public interface Write {
    void take() throws IOException;
  }

  /**
   * @throws SocketTimeoutException when it was ended because it took too long
   */
  public void during(Write write) throws IOException {
    since = System.nanoTime();
    writing = true;
    try {
      write.take();
    } catch (IOException e) {
      if (stalled) {
        SocketTimeoutException timeout =
            new SocketTimeoutException("the server took no byte for " + longest);
        timeout.initCause(e);
        throw timeout;
      }
      throw e;
    } finally {
      writing = false;
    }
  }
}

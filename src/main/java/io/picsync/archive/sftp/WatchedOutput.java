package io.picsync.archive.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Writes to a channel and knows since when a write waits: sockets have a timeout for reading only,
 * and JSch waits for the server's window as long as it takes.
 */
final class WatchedOutput extends OutputStream {
  private final OutputStream out;
  private final Runnable abort;
  private final Duration longest;
  private volatile long since;
  private volatile boolean writing;
  private volatile boolean stalled;

  /**
   * @param abort ends a write that waits
   * @param longest that one write may take; zero for no limit
   */
  WatchedOutput(OutputStream out, Runnable abort, Duration longest) {
    this.out = out;
    this.abort = abort;
    this.longest = longest.isZero() ? Duration.ofNanos(Long.MAX_VALUE) : longest;
  }

  /** Any thread may call this. */
  void endIfStalled() {
    if (writing && System.nanoTime() - since > longest.toNanos()) {
      stalled = true;
      abort.run();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    watched(() -> out.write(from, offset, length));
  }

  @Override
  public void flush() throws IOException {
    watched(out::flush);
  }

  /** Something that waits for the server. */
  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  private void watched(Step step) throws IOException {
    since = System.nanoTime();
    writing = true;
    try {
      step.take();
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

  @Override
  public void close() throws IOException {
    out.close();
  }
}

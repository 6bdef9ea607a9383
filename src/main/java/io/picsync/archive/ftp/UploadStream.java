package io.picsync.archive.ftp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Writes to a data connection that {@link #endIfStalled} breaks when the server takes nothing for
 * too long: sockets have a timeout for reading only, so a server that stalls would hold its thread
 * for ever.
 */
final class UploadStream extends OutputStream {
  private final DataConnection data;
  private final OutputStream out;
  private final Duration longest;
  private volatile long since;
  private volatile boolean writing;
  private volatile boolean stalled;
  private boolean failed;

  /**
   * @param longest that one write may take; zero for no limit
   */
  UploadStream(DataConnection data, Duration longest) throws IOException {
    this.data = data;
    this.out = data.output();
    this.longest = longest.isZero() ? Duration.ofNanos(Long.MAX_VALUE) : longest;
  }

  /** Any thread may call this. */
  void endIfStalled() {
    if (writing && System.nanoTime() - since > longest.toNanos()) {
      stalled = true;
      data.abort(); // wakes the writer
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

  /** After the last byte: ends the data connection in order. */
  void finish() throws IOException {
    watched(data::finish);
  }

  /** Whether the server's side failed; else it was the content that could not be read. */
  boolean failed() {
    return failed;
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
      failed = true;
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
    data.close();
  }
}

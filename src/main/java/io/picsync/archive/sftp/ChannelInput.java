package io.picsync.archive.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What came over the channel and was not read yet: JSch's thread writes, the session's reads.
 * JSch's own pipe loses bytes where its buffer may grow, and looks for the reader but once a
 * second.
 */
final class ChannelInput extends OutputStream {
  private final byte[] ring;
  private Duration longest;
  private int from;
  private int held;
  private boolean ended;

  /**
   * @param capacity in bytes; when they are held the server waits
   * @param longest that a read waits for a byte; zero for ever
   */
  ChannelInput(int capacity, Duration longest) {
    this.ring = new byte[capacity];
    this.longest = longest;
  }

  /** How long the next reads wait for a byte; zero for ever. */
  synchronized void patience(Duration time) {
    longest = time;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      while (held == ring.length && !ended) {
        await(0);
      }
      if (ended) {
        return; // nobody reads any more
      }
      int to = (from + held) % ring.length;
      int moved = Math.min(left, Math.min(ring.length - held, ring.length - to));
      System.arraycopy(bytes, at, ring, to, moved);
      held += moved;
      at += moved;
      left -= moved;
      notifyAll();
    }
  }

  /** No more will come; what is held can still be read. */
  @Override
  public synchronized void close() {
    ended = true;
    notifyAll();
  }

  /**
   * Fills the range.
   *
   * @throws SocketTimeoutException when nothing came for too long
   * @throws EOFException when the channel ended before
   */
  synchronized void read(byte[] into, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      awaitBytes();
      int moved = Math.min(left, Math.min(held, ring.length - from));
      System.arraycopy(ring, from, into, at, moved);
      if (held == ring.length) {
        notifyAll();
      }
      from = (from + moved) % ring.length;
      held -= moved;
      at += moved;
      left -= moved;
    }
  }

  private void awaitBytes() throws IOException {
    long since = System.nanoTime();
    while (held == 0) {
      if (ended) {
        throw new EOFException("the server closed the connection");
      }
      if (longest.isZero()) {
        await(0);
        continue;
      }
      long left = longest.toNanos() - (System.nanoTime() - since);
      if (left <= 0) {
        throw new SocketTimeoutException("the server sent no byte for " + longest);
      }
      await(left / 1_000_000 + 1);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // its callers loop
  private void await(long millis) throws IOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the server");
    }
  }
}

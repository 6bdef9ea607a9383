package io.picsync.archive.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

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

  /** Whole packets that are held, each behind its length in four bytes. */
  private int packets;

  /** Of the packet that is coming: how many of the four bytes of its length have come. */
  private int lengthBytes;

  /** Of the packet that is coming: its length so far, then how many bytes of it are to come. */
  private long toCome;

  /** How many packets the reader waits for; none when it waits for any byte. */
  private int wantedPackets;

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
      count(bytes, at, moved);
      at += moved;
      left -= moved;
      if (packets >= wantedPackets || held >= ring.length / 2) {
        notifyAll();
      }
    }
  }

  private void count(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      if (lengthBytes < Integer.BYTES) {
        toCome = (toCome << Byte.SIZE) | (bytes[at++] & 0xff);
        lengthBytes++;
      } else {
        int moved = (int) Math.min(toCome, end - at);
        at += moved;
        toCome -= moved;
      }
      if (lengthBytes == Integer.BYTES && toCome == 0) {
        packets++;
        lengthBytes = 0;
      }
    }
  }

  /**
   * Waits until that many packets are held, or as many as there is room for. Those that came are
   * left to be read when the others don't come in time.
   *
   * @throws SocketTimeoutException when none came
   */
  synchronized void awaitPackets(int count) throws IOException {
    wantedPackets = count;
    try {
      awaitUntil(() -> packets >= count || held >= ring.length / 2);
    } catch (SocketTimeoutException e) {
      if (held == 0) {
        throw e;
      }
    } finally {
      wantedPackets = 0;
    }
  }

  /** To be called once a packet was read. */
  synchronized void packetRead() {
    packets--;
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
    awaitUntil(() -> held > 0);
    if (held == 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  private void awaitUntil(BooleanSupplier come) throws IOException {
    long since = System.nanoTime();
    while (!come.getAsBoolean() && !ended) {
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

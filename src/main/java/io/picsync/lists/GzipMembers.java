package io.picsync.lists;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip members one after the other and tells where each begins (RFC 1952), which {@link
 * java.util.zip.GZIPInputStream} does not. Checks the sum of each member that is read to its end.
 * One thread.
 */
final class GzipMembers extends InputStream {
  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] input = new byte[32 * 1024];
  private int from;
  private int to;
  private long position;
  private long member;
  private boolean inMember;

  /**
   * @param in begins with a member
   * @param position where that is
   */
  GzipMembers(InputStream in, long position) {
    this.in = in;
    this.position = position;
    this.member = position;
  }

  /** Where the member begins that the last byte was of. */
  long member() {
    return member;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Never crosses the end of a member. */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      if (!inMember && !begin()) {
        return -1;
      }
      int inflated = inflate(bytes, offset, length);
      if (inflated > 0) {
        sum.update(bytes, offset, inflated);
        return inflated;
      }
      if (inflater.finished()) {
        end();
      } else if (inflater.needsInput()) {
        fill();
        inflater.setInput(input, from, to - from);
      } else {
        throw new IOException("The list is damaged: it needs a dictionary.");
      }
    }
  }

  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    int before = inflater.getRemaining();
    try {
      int inflated = inflater.inflate(bytes, offset, length);
      int taken = before - inflater.getRemaining();
      from += taken;
      position += taken;
      return inflated;
    } catch (DataFormatException e) {
      throw new IOException("The list is damaged: " + e.getMessage(), e);
    }
  }

  private boolean begin() throws IOException {
    if (from == to && !more()) {
      return false;
    }
    member = position;
    byte[] header = take(HEADER);
    if ((header[0] & 0xff) != 0x1f
        || (header[1] & 0xff) != 0x8b
        || header[2] != 8
        || header[3] != 0) {
      throw new IOException("The list is no gzip file as picsync writes it.");
    }
    inflater.reset();
    sum.reset();
    inflater.setInput(input, from, to - from);
    inMember = true;
    return true;
  }

  private void end() throws IOException {
    byte[] trailer = take(TRAILER);
    long told = 0;
    for (int i = 3; i >= 0; i--) {
      told = (told << 8) | (trailer[i] & 0xff);
    }
    if (told != sum.getValue()) {
      throw new IOException("The list is damaged: its check sum is another one.");
    }
    inMember = false;
  }

  private byte[] take(int count) throws IOException {
    byte[] taken = new byte[count];
    for (int i = 0; i < count; i++) {
      if (from == to) {
        fill();
      }
      taken[i] = input[from++];
      position++;
    }
    return taken;
  }

  private void fill() throws IOException {
    if (!more()) {
      throw new EOFException("The list is damaged: it ends too early.");
    }
  }

  private boolean more() throws IOException {
    from = 0;
    to = Math.max(0, in.read(input));
    return to > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}

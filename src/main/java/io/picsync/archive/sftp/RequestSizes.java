package io.picsync.archive.sftp;

import java.io.IOException;

/**
 * How many bytes one READ may ask for and one WRITE may bring. Large ones spare a server most of
 * its system calls: see decision 11.
 *
 * @param read in bytes
 * @param write in bytes
 * @param told by the server; then a READ of no more brings all that it asks for
 */
record RequestSizes(int read, int write, boolean told) {
  /** What every server takes (draft-ietf-secsh-filexfer-02, section 3). */
  static final RequestSizes COMMON = new RequestSizes(32 * 1024, 32 * 1024, false);

  /** What OpenSSH takes; more would gain little. */
  private static final int MOST = 255 * 1024;

  /** What a WRITE holds beside its bytes; a handle has 256 bytes at most. */
  private static final int FRAME = 1024;

  /**
   * Reads the answer to limits@openssh.com: packet, READ and WRITE, zero where the server sets no
   * limit.
   */
  static RequestSizes of(Reply reply) throws IOException {
    if (reply.isStatus()) {
      return COMMON;
    }
    reply.expect(Reply.EXTENDED_REPLY);
    long packet = reply.large();
    long payload = Math.max(COMMON.read, limited(packet, MOST + FRAME) - FRAME);
    long read = limited(reply.large(), payload);
    long write = limited(reply.large(), payload);
    return new RequestSizes((int) read, (int) write, true);
  }

  /** Limits are unsigned. */
  private static long limited(long limit, long most) {
    return limit == 0 || Long.compareUnsigned(limit, most) > 0 ? most : limit;
  }
}

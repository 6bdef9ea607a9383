package io.picsync.archive.sftp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What STAT or LSTAT brought: the attributes, or the status for which there are none.
 *
 * @param refusal null when there are attributes
 */
record Look(Attributes attributes, @Nullable Status refusal) {

  static Look of(Reply reply) throws IOException {
    return reply.isStatus()
        ? new Look(Attributes.NONE, reply.status())
        : new Look(reply.expect(Reply.ATTRS).attributes(), null);
  }

  /** Apache MINA SSHD sends attributes without any content where it can't tell. */
  boolean isThere() {
    return refusal == null && attributes.isComplete();
  }

  boolean isMissing() {
    return refusal != null && refusal.saysMissing();
  }

  boolean isFileOf(long size) {
    return isThere() && attributes.isFile() && attributes.size() == size;
  }

  /** For messages. */
  @Override
  public String toString() {
    if (refusal != null) {
      return refusal.toString();
    }
    if (!attributes.isComplete()) {
      return "the server tells neither type nor size";
    }
    return attributes.isFile() ? "a file of " + attributes.size() + " bytes" : "no file";
  }
}

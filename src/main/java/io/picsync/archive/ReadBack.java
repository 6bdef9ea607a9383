package io.picsync.archive;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Holds what was sent of one picture against what its server gives back, by SHA-256. For one try of
 * one store: first all bytes are sent, then all are received, then they are compared.
 */
public final class ReadBack {
  private final MessageDigest sent = sha256();
  private final MessageDigest received = sha256();
  private final Flow flow;

  ReadBack(Flow flow) {
    this.flow = flow;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  InputStream sending(InputStream bytes) {
    return new DigestInputStream(bytes, sent);
  }

  /** Takes the bytes that come back. */
  public OutputStream receiving() {
    return new DigestOutputStream(flow.back(OutputStream.nullOutputStream()), received);
  }

  /**
   * @throws PassingException when other bytes came back than were sent; to be called once
   */
  public void compare(Location picture, String server) throws PassingException {
    if (!MessageDigest.isEqual(sent.digest(), received.digest())) {
      throw new PassingException(
          "%s was fetched again from server %s before it became visible, and is not what was sent: a network, memory or a disk there alters bytes. Its temporary file is removed."
              .formatted(picture, server));
    }
  }
}

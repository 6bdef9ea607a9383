package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Holds what was sent of one picture against what its server gives back. For one try of one store:
 * first all bytes are sent, then all are received, then they are compared.
 */
public abstract sealed class ReadBack permits ByteReadBack, DigestReadBack {
  private final Flow flow;

  ReadBack(Flow flow) {
    this.flow = flow;
  }

  /**
   * @param bytes to be sent; a picture that was fetched is compared byte by byte, with itself, and
   *     other streams, which can be read once only, by their SHA-256
   */
  static ReadBack of(InputStream bytes, Flow flow) {
    return bytes instanceof FetchedPicture picture
        ? new ByteReadBack(picture, flow)
        : new DigestReadBack(flow);
  }

  /** The same bytes, noted on their way if need be. */
  abstract InputStream sending(InputStream bytes);

  abstract OutputStream comparing() throws IOException;

  /** To be asked once. */
  abstract boolean cameBack() throws IOException;

  /** Takes the bytes that come back. */
  public OutputStream receiving() throws IOException {
    return flow.back(comparing());
  }

  /**
   * @throws PassingException when other bytes came back than were sent; to be called once
   */
  public void compare(Location picture, String server) throws IOException {
    if (!cameBack()) {
      throw new PassingException(
          "%s was fetched again from server %s before it became visible, and is not what was sent: a network, memory or a disk there alters bytes. Its temporary file is removed."
              .formatted(picture, server));
    }
  }
}

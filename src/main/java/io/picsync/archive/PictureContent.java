package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The bytes to store.
 *
 * @param bytes read to its end; not closed by a server
 * @param size in bytes, or -1 when only the end of the stream tells
 * @param modified the time that the stored picture gets, null to leave it to the server
 * @param verify how far, where the server offers it
 * @param readBack null when the picture is not to be fetched again before it becomes visible
 */
public record PictureContent(
    InputStream bytes,
    long size,
    @Nullable Instant modified,
    Verify verify,
    @Nullable ReadBack readBack) {

  public PictureContent(InputStream bytes, long size, @Nullable Instant modified) {
    this(bytes, size, modified, Verify.hash, null);
  }

  /** The same, read through another stream. */
  public PictureContent through(InputStream stream) {
    return new PictureContent(stream, size, modified, verify, readBack);
  }

  /** The same, to be fetched again from its temporary name and compared with what was sent. */
  public PictureContent toBeReadBack() {
    return toBeReadBack(Flow.FREE);
  }

  /**
   * @param flow how fast the bytes may come back
   */
  PictureContent toBeReadBack(Flow flow) {
    ReadBack back = ReadBack.of(bytes, flow);
    return new PictureContent(back.sending(bytes), size, modified, verify, back);
  }

  /**
   * After all bytes were read: whether there were as many as announced.
   *
   * @throws RefusedException when the stream was cut short or runs on
   */
  public void verifyLength(long read) throws RefusedException {
    if (size >= 0 && read != size) {
      throw new RefusedException(
          "The picture to store has %d bytes, %d were announced; it is not stored."
              .formatted(read, size));
    }
  }

  /** For bytes that end in an error of where they come from, not of where they go. */
  public static PassingException unreadable(Location picture, String server, IOException why) {
    return new PassingException(
        "The bytes of %s for server %s could not be read to the end: %s."
            .formatted(picture, server, why.getMessage()),
        why);
  }
}

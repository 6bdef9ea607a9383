package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares byte by byte with the picture that was fetched. */
final class ByteReadBack extends ReadBack {
  private final FetchedPicture picture;
  private @Nullable InputStream expected;
  private boolean same = true;

  ByteReadBack(FetchedPicture picture, Flow flow) {
    super(flow);
    this.picture = picture;
  }

  @Override
  InputStream sending(InputStream bytes) {
    return bytes;
  }

  @Override
  OutputStream comparing() throws IOException {
    InputStream again = picture.again();
    expected = again;
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        same &= again.read() == (b & 0xff);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        byte[] next = again.readNBytes(length);
        same &= Arrays.equals(next, 0, next.length, from, offset, offset + length);
      }
    };
  }

  /** False also when less came back than was sent, or nothing at all. */
  @Override
  boolean cameBack() throws IOException {
    try (InputStream rest = expected) {
      return rest != null && same && rest.read() < 0;
    }
  }
}

package io.picsync.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** Moves a picture's bytes and counts them. */
public final class Pump {
  private Pump() {}

  /**
   * @param chunk bytes between two looks at {@code cancelled}
   * @return how many bytes were moved
   */
  public static long move(
      InputStream in, OutputStream out, int chunk, BooleanSupplier cancelled, String what)
      throws IOException {
    return in instanceof Direct bytes
        ? bytes.moveTo(out, chunk, cancelled, what)
        : copy(in, out, chunk, cancelled, what);
  }

  static long copy(
      InputStream in, OutputStream out, int chunk, BooleanSupplier cancelled, String what)
      throws IOException {
    byte[] buffer = new byte[chunk];
    long moved = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (cancelled.getAsBoolean()) {
        throw new CancelledException("Stopped on request: " + what + ".");
      }
      out.write(buffer, 0, read);
      moved += read;
    }
    return moved;
  }

  /** More bytes than were listed: it grows. Fewer: cut short, which may pass. */
  public static ArchiveException wrongLength(
      String server, Location picture, long came, long listed) {
    if (came > listed) {
      return new UnsettledException(
          "%s on server %s is still being written: it was listed with %d bytes and more came. The next run compares again."
              .formatted(picture, server, listed));
    }
    return new PassingException(
        "Fetching %s from server %s brought %d bytes where %d were listed: cut short. It is not stored; the next run compares again."
            .formatted(picture, server, came, listed));
  }

  /** Its size is another than the listing told. */
  public static UnsettledException grows(String server, Location picture, long listed, long is) {
    return new UnsettledException(
        "%s on server %s is still being written: it was listed with %d bytes and has %d now. The next run compares again."
            .formatted(picture, server, listed, is));
  }
}

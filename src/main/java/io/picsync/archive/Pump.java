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

  /** The listing and the bytes disagree: cut short, or still growing. Either may pass. */
  public static PassingException wrongLength(
      String server, Location picture, long came, long listed) {
    return new PassingException(
        "Fetching %s from server %s brought %d bytes where %d were listed: cut short, or still being written. It is not stored; the next run compares again."
            .formatted(picture, server, came, listed));
  }
}

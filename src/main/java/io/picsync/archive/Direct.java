package io.picsync.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;

/** A stream that can write its bytes itself, from where they are. */
interface Direct {
  /**
   * @param chunk bytes between two looks at {@code cancelled}
   * @return how many bytes were written
   */
  long moveTo(OutputStream out, int chunk, BooleanSupplier cancelled, String what)
      throws IOException;
}

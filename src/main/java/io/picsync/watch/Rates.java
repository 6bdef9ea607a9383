package io.picsync.watch;

import io.picsync.archive.Bandwidth;
import io.picsync.settings.Rate;
import io.picsync.settings.SettingsException;
import java.util.Optional;

/** Bandwidths that are changed while picsync runs. */
final class Rates {
  private Rates() {}

  /**
   * @param rate empty for what is configured
   * @return what holds now, and how long
   */
  static String change(Bandwidth bandwidth, String rate) {
    if (rate.isBlank()) {
      bandwidth.set(Optional.empty());
      return bandwidth.now() + ", as configured";
    }
    bandwidth.set(Optional.of(parsed(rate)));
    return bandwidth.now() + ", until picsync stops; then as configured";
  }

  /** A JMX client has the JDK's exceptions only. */
  @SuppressWarnings("UnusedException")
  private static Rate parsed(String rate) {
    try {
      return Rate.parse("bandwidth", rate);
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
  }
}

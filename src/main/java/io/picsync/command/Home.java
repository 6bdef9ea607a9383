package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder with {@code routes/} and {@code config/}. */
final class Home {
  private Home() {}

  /** As {@code bin/picsync} tells it; the working directory when started otherwise. */
  static Path find() {
    Path home = Path.of(System.getProperty("picsync.home", "")).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("routes"))) {
      throw new SettingsException(
          "The folder %s has no routes/. Start picsync with bin/picsync of its own folder."
              .formatted(home));
    }
    return home;
  }
}

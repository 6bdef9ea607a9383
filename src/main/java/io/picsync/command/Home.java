package io.picsync.command;

import io.picsync.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder with {@code routes/} and {@code config/}. */
final class Home {
  /** Camel reads its files by patterns and URLs, in which these mean something else. */
  private static final Pattern SPECIAL = Pattern.compile("[+,;*?]|%[0-9a-fA-F]{2}|\\{\\{");

  private Home() {}

  /** As {@code bin/picsync} tells it; the working directory when started otherwise. */
  static Path find() {
    Path home = Path.of(System.getProperty("picsync.home", "")).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("routes"))) {
      throw new SettingsException(
          "The folder %s has no routes/. Start picsync with bin/picsync of its own folder."
              .formatted(home));
    }
    Matcher special = SPECIAL.matcher(home.toString());
    if (special.find()) {
      throw new SettingsException(
          "picsync can't run from the folder %s: '%s' in its path means something else to Camel. Move it to another folder."
              .formatted(home, special.group()));
    }
    return home;
  }
}

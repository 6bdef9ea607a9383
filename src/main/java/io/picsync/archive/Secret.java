package io.picsync.archive;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A credential that no log line, exception or debugger view shows by accident. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /**
   * The value of {@code KEY}, or the content of the file that {@code KEY-file} names, without its
   * line end.
   *
   * @throws SettingsException when both are set or the file can't be read
   */
  public static Optional<Secret> read(Settings settings, String key) {
    Optional<String> file = settings.text(key + "-file");
    Optional<String> value = settings.text(key);
    if (file.isPresent() && value.isPresent()) {
      throw new SettingsException(
          "%s and %s-file are both set; one is enough.".formatted(key, key));
    }
    if (file.isEmpty()) {
      return value.map(Secret::new);
    }
    try {
      return Optional.of(new Secret(Files.readString(Path.of(file.get())).stripTrailing()));
    } catch (IOException e) {
      throw new SettingsException(
          "%s-file=%s can't be read: %s."
              .formatted(
                  key,
                  file.get(),
                  e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()),
          e);
    }
  }

  /** The credential itself, for the one call that sends it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}

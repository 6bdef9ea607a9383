package io.picsync.archive;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A credential that no log line, exception or debugger view shows by accident. One from a file is
 * read anew each time it is needed, so a file that is replaced (a rotated Kubernetes secret, say)
 * counts from the next login on. Thread-safe.
 */
public final class Secret {
  private final Supplier<String> value;

  public Secret(String value) {
    this(() -> value);
  }

  private Secret(Supplier<String> value) {
    this.value = value;
  }

  /**
   * The value of {@code KEY}, or the content of the file that {@code KEY-file} names, without the
   * line ends behind it.
   *
   * @throws SettingsException when both are set, or the file can't be read or is empty
   */
  public static Optional<Secret> read(Settings settings, String key) {
    String fileKey = key + "-file";
    Optional<String> file = settings.text(fileKey);
    Optional<String> value = settings.text(key);
    if (file.isPresent() && value.isPresent()) {
      throw new SettingsException("%s and %s are both set; one is enough.".formatted(key, fileKey));
    }
    if (file.isEmpty()) {
      return value.map(Secret::new);
    }
    Path path = Path.of(file.get());
    content(fileKey, path);
    return Optional.of(new Secret(() -> content(fileKey, path)));
  }

  private static String content(String key, Path file) {
    try {
      String content = Files.readString(file).replaceFirst("[\\r\\n]+$", "");
      if (content.isEmpty()) {
        throw new SettingsException("%s=%s is empty.".formatted(key, file));
      }
      return content;
    } catch (IOException e) {
      throw new SettingsException("%s=%s can't be read: %s.".formatted(key, file, why(e)), e);
    }
  }

  private static String why(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission";
    }
    return failure instanceof CharacterCodingException
        ? "it is no text in UTF-8"
        : String.valueOf(failure.getMessage());
  }

  /** A text for a message, without what stands between a colon and an @ in it. */
  public static String masked(String text) {
    return text.replaceFirst("(?<=:)[^/].*@", "***@");
  }

  /**
   * The credential itself, for the one call that sends it.
   *
   * @throws SettingsException when its file can't be read any more
   */
  public String reveal() {
    return value.get();
  }

  @Override
  public String toString() {
    return "***";
  }
}

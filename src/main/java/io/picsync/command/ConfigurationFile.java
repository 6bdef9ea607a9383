package io.picsync.command;

import io.picsync.routes.FileFault;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code config/application.properties} as it is written: keys, values with their placeholders, and
 * on which line each stands. Immutable.
 */
final class ConfigurationFile {
  static final String NAME = "config/application.properties";
  private static final Pattern BAD_ESCAPE = Pattern.compile("\\\\u(?![0-9a-fA-F]{4})");

  private final String text;
  private final Properties properties;

  private ConfigurationFile(String text, Properties properties) {
    this.text = text;
    this.properties = properties;
  }

  /**
   * In UTF-8, as Camel is told to read it; by itself it would take each byte for a character.
   *
   * @throws IllegalArgumentException when an escape in it is none
   */
  static ConfigurationFile read(Path file) throws IOException {
    String text = Files.readString(file);
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return new ConfigurationFile(text, properties);
  }

  /** The fault of a file that {@link #read} can't read. */
  static FileFault unreadable(Path file, Exception failure) {
    if (failure instanceof CharacterCodingException) {
      return new FileFault(NAME, line(file), "configuration", "it is not in UTF-8.");
    }
    if (failure instanceof IOException) {
      return new FileFault(
          NAME, 1, "configuration", "it can't be read. It may be empty, but it has to be there.");
    }
    int line = 1;
    try {
      line +=
          (int)
              Files.readString(file)
                  .lines()
                  .takeWhile(each -> !BAD_ESCAPE.matcher(each).find())
                  .count();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return new FileFault(
        NAME, line, "configuration", "a \\u is not followed by four hexadecimal digits.");
  }

  /** On which line the first character stands that is not in UTF-8. */
  private static int line(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      CharBuffer text = CharBuffer.allocate(bytes.remaining());
      StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true); // ends before it
      return 1 + (int) text.flip().chars().filter(each -> each == '\n').count();
    } catch (IOException e) {
      return 1;
    }
  }

  /** As they are written, placeholders and all. */
  Properties properties() {
    Properties copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  boolean sameAs(ConfigurationFile other) {
    return properties.equals(other.properties);
  }

  /** The keys whose written values are other; sorted. */
  Set<String> differing(ConfigurationFile other) {
    Set<String> keys = new TreeSet<>(properties.stringPropertyNames());
    keys.addAll(other.properties.stringPropertyNames());
    keys.removeIf(
        key -> Objects.equals(properties.getProperty(key), other.properties.getProperty(key)));
    return keys;
  }

  /**
   * A fault at the line whose key the message names first, of several the longest; the first line
   * when it names none.
   */
  FileFault fault(String message) {
    int found = 1;
    int earliest = message.length();
    int longest = 0;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String key = line.strip().split("[=: ]", 2)[0];
      int at = key.isEmpty() || key.startsWith("#") ? -1 : message.indexOf(key);
      if (at >= 0 && (at < earliest || (at == earliest && key.length() > longest))) {
        found = number;
        earliest = at;
        longest = key.length();
      }
    }
    return new FileFault(NAME, found, "configuration", message);
  }
}

package io.picsync.lists;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which lines of a list are wanted. A line is read as JSON only where its bytes don't tell already:
 * a list has a million of them. Immutable.
 *
 * @param text a part of the path, in capital letters or not
 * @param folder one of the folders that the path is in, or several that follow each other
 * @param outcome exactly
 */
public record ListFilter(Optional<String> text, Optional<String> folder, Optional<String> outcome) {
  private static final JsonFactory JSON = new JsonFactory();

  public ListFilter {
    text = text.map(words -> words.toLowerCase(Locale.ROOT));
    folder = folder.map(name -> "/" + name.replaceAll("^/+|/+$", "") + "/");
  }

  /** All lines. */
  public static ListFilter all() {
    return new ListFilter(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * @param line a JSON object
   * @throws IOException when it is none, as far as that had to be looked at
   */
  boolean wants(String line) throws IOException {
    if (text.isEmpty() && folder.isEmpty() && outcome.isEmpty()) {
      return true;
    }
    if (text.isPresent() && isPlain(text.get()) && isPlain(line) && !holds(line, text.get())) {
      return false;
    }
    Map<String, String> fields = fields(line);
    String path = fields.getOrDefault("path", "");
    return text.stream().allMatch(path.toLowerCase(Locale.ROOT)::contains)
        && folder.stream().allMatch(("/" + path)::contains)
        && outcome.stream().allMatch(fields.getOrDefault("outcome", "")::equals);
  }

  /** Whether each character stands for itself in JSON, and has one small letter. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  /**
   * @param part in small letters
   */
  private static boolean holds(String line, String part) {
    for (int from = 0; from <= line.length() - part.length(); from++) {
      char c = line.charAt(from);
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) == part.charAt(0)
          && line.regionMatches(true, from, part, 0, part.length())) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, String> fields(String line) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("The list is damaged: a line is no object.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.put(name, parser.getText());
      }
    }
    return fields;
  }
}

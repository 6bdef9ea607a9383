package io.picsync.lists;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads a list line by line, with flat memory. Not thread-safe. */
public final class ListReader implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;
  private final JsonParser parser;

  public ListReader(Path file) throws IOException {
    this.file = file;
    InputStream in = new GZIPInputStream(Files.newInputStream(file), 64 * 1024);
    this.parser = JSON.createParser(in);
  }

  /**
   * The next line's fields as texts, empty at the end.
   *
   * @throws IOException when the list is damaged
   */
  public Optional<Map<String, String>> next() throws IOException {
    JsonToken token = parser.nextToken();
    if (token == null) {
      return Optional.empty();
    }
    if (token != JsonToken.START_OBJECT) {
      throw new IOException("The list " + file + " holds something else than objects: " + token);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      fields.put(name, parser.getText());
    }
    return Optional.of(fields);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}

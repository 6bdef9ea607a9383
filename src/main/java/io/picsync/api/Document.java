package io.picsync.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code openapi.yaml} as JSON. */
final class Document {
  private Document() {}

  static byte[] json() {
    try (InputStream yaml =
        Objects.requireNonNull(Document.class.getResourceAsStream("openapi.yaml"))) {
      Object document = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return new ObjectMapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.picsync.lists;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Some lines of a list, encoded and not yet written. Not thread-safe. */
public final class Lines {
  private static final JsonFactory JSON = new JsonFactory();

  /** Fields of one line. */
  @FunctionalInterface
  public interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private long count;

  public Lines() {
    try {
      json = JSON.createGenerator(bytes).setRootValueSeparator(null);
    } catch (IOException e) {
      throw new AssertionError("Writing to memory does not fail.", e);
    }
  }

  public void add(Fields fields) throws IOException {
    json.writeStartObject();
    fields.write(json);
    json.writeEndObject();
    json.writeRaw('\n');
    count++;
  }

  public long count() {
    return count;
  }

  /** Bytes so far, about. */
  public long size() {
    return bytes.size();
  }

  /** Writes the lines and starts over. */
  void writeTo(OutputStream out) throws IOException {
    json.flush();
    bytes.writeTo(out);
    bytes.reset();
  }

  /** After {@link ListWriter#append}: forgets how many there were. */
  public void clear() {
    bytes.reset();
    count = 0;
  }
}

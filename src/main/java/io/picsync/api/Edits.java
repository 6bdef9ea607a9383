package io.picsync.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.picsync.routes.FileFault;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What became of edits of files: route files and the configuration.
 *
 * @param refused of edits that change nothing because of them
 * @param standing of files that are in effect all the same
 * @param waiting edited keys that count from the next start on, sorted
 */
public record Edits(
    Supplier<List<FileFault>> refused,
    Supplier<List<FileFault>> standing,
    Supplier<Set<String>> waiting) {
  /** More are in the log. */
  private static final int MOST = 20;

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    tell(refused.get(), json.putArray("refused"));
    tell(standing.get(), json.putArray("standing"));
    ArrayNode keys = json.putArray("waiting");
    waiting.get().stream().limit(MOST).forEach(keys::add);
    return json;
  }

  private static void tell(List<FileFault> faults, ArrayNode into) {
    faults.stream()
        .limit(MOST)
        .forEach(
            fault ->
                into.addObject()
                    .put("file", fault.file())
                    .put("line", fault.line())
                    .put("why", fault.what()));
  }
}

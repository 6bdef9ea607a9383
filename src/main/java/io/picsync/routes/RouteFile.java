package io.picsync.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One route file, read by the YAML parser that Camel uses: its content as a tree, and on which line
 * each node stands. Immutable.
 */
public final class RouteFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final String text;
  private final JsonNode tree;
  private final Map<String, Integer> lines;
  private final @Nullable FileFault unreadable;

  private RouteFile(
      String name,
      String text,
      JsonNode tree,
      Map<String, Integer> lines,
      @Nullable FileFault unreadable) {
    this.name = name;
    this.text = text;
    this.tree = tree;
    this.lines = lines;
    this.unreadable = unreadable;
  }

  /**
   * @param name below picsync's home: {@code routes/syncs/source1.camel.yaml}
   */
  public static RouteFile of(String name, String text) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    try {
      Object content = new Load(settings).loadFromString(text);
      Map<String, Integer> lines = new HashMap<>();
      new Compose(settings).composeString(text).ifPresent(root -> number(root, "", lines));
      return new RouteFile(name, text, JSON.valueToTree(content), lines, notAList(name, content));
    } catch (YamlEngineException e) {
      return new RouteFile(name, text, MissingNode.getInstance(), Map.of(), unreadable(name, e));
    }
  }

  /** The same of a file; one that can't be read is {@link #unreadable}. */
  public static RouteFile read(String name, Path file) {
    try {
      return of(name, Files.readString(file));
    } catch (IOException e) {
      return closed(name, e);
    }
  }

  /** A file that is there and can't be read. */
  static RouteFile closed(String name, IOException why) {
    String told =
        why instanceof AccessDeniedException
            ? "no permission"
            : why instanceof CharacterCodingException ? "it is not in UTF-8" : why.toString();
    return new RouteFile(
        name,
        "",
        MissingNode.getInstance(),
        Map.of(),
        new FileFault(name, 1, "list", "it can't be read: %s.".formatted(told)));
  }

  private static @Nullable FileFault notAList(String name, @Nullable Object content) {
    if (content == null || (content instanceof List<?> list && list.isEmpty())) {
      return new FileFault(
          name, 1, "empty", "the file holds no route. Remove the file to remove what it held.");
    }
    return content instanceof List
        ? null
        : new FileFault(
            name,
            1,
            "list",
            "it is no list, so no route is read from it. Its first line is to be '- route:', with the dash.");
  }

  private static FileFault unreadable(String name, YamlEngineException failure) {
    if (failure instanceof MarkedYamlEngineException marked) {
      // a quote that is never closed is noticed at the end of the file
      boolean unclosed = String.valueOf(marked.getContext()).contains("quoted scalar");
      int line =
          (unclosed ? marked.getContextMark() : marked.getProblemMark())
              .map(mark -> mark.getLine() + 1)
              .orElse(1);
      return new FileFault(
          name,
          line,
          "yaml",
          "this is no YAML: " + marked.getProblem() + ". Mend the line or the one above.");
    }
    return new FileFault(name, 1, "yaml", "this is no YAML: " + failure.getMessage());
  }

  private static void number(Node node, String pointer, Map<String, Integer> lines) {
    node.getStartMark().ifPresent(mark -> lines.putIfAbsent(pointer, mark.getLine() + 1));
    if (node instanceof SequenceNode sequence) {
      int index = 0;
      for (Node element : sequence.getValue()) {
        number(element, pointer + "/" + index++, lines);
      }
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String below = pointer + "/" + key.getValue().replace("~", "~0").replace("/", "~1");
          key.getStartMark().ifPresent(mark -> lines.put(below, mark.getLine() + 1));
          number(entry.getValueNode(), below, lines);
        }
      }
    }
  }

  /**
   * A node of the file.
   *
   * @param key under which it stands; of an element of a list that of the list
   */
  record Spot(RouteFile file, String pointer, String key, JsonNode node) {
    int line() {
      return file.line(pointer);
    }

    /** The one below; its line is this one's when there is none. */
    Spot at(String below) {
      return new Spot(
          file, pointer + below, below.substring(below.lastIndexOf('/') + 1), node.at(below));
    }

    /** This one and all below it. */
    void walk(Consumer<Spot> visit) {
      visit.accept(this);
      node.properties()
          .forEach(
              field ->
                  new Spot(
                          file,
                          pointer + "/" + escaped(field.getKey()),
                          field.getKey(),
                          field.getValue())
                      .walk(visit));
      for (int index = 0; node.isArray() && index < node.size(); index++) {
        new Spot(file, pointer + "/" + index, key, node.get(index)).walk(visit);
      }
    }

    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }

    String text(String below) {
      return node.at(below).asText();
    }
  }

  public String name() {
    return name;
  }

  String text() {
    return text;
  }

  Spot root() {
    return new Spot(this, "", "", tree);
  }

  /** Why it can't be used as a whole; null when it can. */
  public @Nullable FileFault unreadable() {
    return unreadable;
  }

  /** Whether there is nothing in it but comments. */
  public boolean isEmpty() {
    return unreadable != null && unreadable.rule().equals("empty");
  }

  /** On which a value stands first; the first line where it does not. */
  public int lineOf(String value) {
    AtomicInteger line = new AtomicInteger();
    root()
        .walk(
            spot -> {
              if (spot.node().asText().equals(value)) {
                line.compareAndSet(0, spot.line());
              }
            });
    return Math.max(1, line.get());
  }

  /** Of a JSON pointer into the file, or of what holds it. */
  int line(String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }

  List<Spot> routes() {
    return entries("route");
  }

  List<Spot> policies() {
    return entries("routeConfiguration");
  }

  List<Spot> entries(String kind) {
    List<Spot> found = new ArrayList<>();
    for (int index = 0; tree.isArray() && index < tree.size(); index++) {
      if (tree.get(index).has(kind)) {
        found.add(new Spot(this, "/" + index + "/" + kind, kind, tree.get(index).get(kind)));
      }
    }
    return found;
  }
}

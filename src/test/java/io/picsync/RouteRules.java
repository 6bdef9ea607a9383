package io.picsync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * The rules for files in {@code routes/}, each with the name of the bad file that proves it. What
 * is wrong is told as {@code rule: file: what}.
 */
final class RouteRules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final JsonSchema SCHEMA = schema();
  private static final Pattern OPERATORS =
      Pattern.compile(" (==|=~|!=|>=|<=|>|<|!?contains|!?regex|!?in|!?is|&&|\\|\\||\\?) ");
  private static final Pattern HOST =
      Pattern.compile("//|localhost|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|\\b[\\w-]+\\.(com|org|net)\\b");
  private static final Pattern SECRET = Pattern.compile("(?i)passw|passphrase|secret|token|apikey");
  private static final Set<String> LANGUAGES = Set.of("constant", "method", "simple");
  private static final Set<String> SENDS =
      Set.of("to", "toD", "wireTap", "enrich", "poll", "pollEnrich");
  private static final Set<String> INTERNAL = Set.of("direct", "seda");
  private static final int MOST_STEPS = 12;

  private final CamelContext context;
  private final DefaultCamelCatalog catalog = new DefaultCamelCatalog();
  private final Map<Path, JsonNode> files = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();

  /**
   * @param context has the beans and properties that the routes name; need not be started
   */
  RouteRules(CamelContext context, Collection<Path> paths) throws IOException {
    this.context = context;
    for (Path path : paths) {
      files.put(path, YAML.readTree(path.toFile()));
    }
  }

  /** Everything that breaks a rule; empty when all is well. */
  List<String> faults() {
    faults.clear();
    files.forEach(this::schemaIsKept);
    files.forEach(
        (file, tree) -> {
          walk(tree, (key, node) -> node(file, key, node));
          routes(tree).forEach(route -> route(file, route));
        });
    oneConsumerForEachInternalEndpoint();
    return List.copyOf(faults);
  }

  private void fault(String rule, Path file, String what) {
    faults.add(rule + ": " + file.getFileName() + ": " + what);
  }

  private void schemaIsKept(Path file, JsonNode tree) {
    for (ValidationMessage message : SCHEMA.validate(tree)) {
      fault("schema", file, message.getMessage());
    }
  }

  private static List<JsonNode> routes(JsonNode tree) {
    List<JsonNode> routes = new ArrayList<>();
    tree.forEach(
        entry -> {
          if (entry.has("route")) {
            routes.add(entry.get("route"));
          }
        });
    return routes;
  }

  private static void walk(JsonNode node, BiConsumer<String, JsonNode> visit) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      visit.accept(field.getKey(), field.getValue());
      walk(field.getValue(), visit);
    }
    if (node.isArray()) {
      node.forEach(element -> walk(element, visit));
    }
  }

  private void route(Path file, JsonNode route) {
    String id = route.path("id").asText();
    String from = route.at("/from/uri").asText();
    for (String wanted : List.of("id", "description", "group")) {
      if (route.path(wanted).asText().isBlank()) {
        fault("described", file, "route '%s' has no %s".formatted(id, wanted));
      }
    }
    String description = route.path("description").asText();
    boolean shared = INTERNAL.contains(scheme(from));
    if (shared && !(description.contains("In:") && description.contains("Out:"))) {
      fault("signature", file, "the description of '%s' has no In: or no Out:".formatted(id));
    }
    if (!from.substring(from.indexOf(':') + 1).equals(id)) {
      fault("named-alike", file, "route '%s' is from %s".formatted(id, from));
    }
    int steps = steps(route.at("/from/steps"));
    if (steps > MOST_STEPS) {
      fault("short", file, "route '%s' has %d steps".formatted(id, steps));
    }
  }

  private static int steps(JsonNode node) {
    int[] count = new int[1];
    count[0] = node.size();
    walk(node, (key, value) -> count[0] += key.equals("steps") ? value.size() : 0);
    return count[0];
  }

  private void node(Path file, String key, JsonNode node) {
    if (key.equals("uri")) {
      uri(file, node.asText());
    }
    if ((SENDS.contains(key) || key.equals("from")) && !node.isObject()) {
      fault("long-form", file, "%s: %s has its uri on the same line".formatted(key, node));
    }
    if (key.equals("expression") && node.isObject()) {
      expression(file, node);
    }
    if (key.equals("simple") && !node.isObject()) {
      fault("long-form", file, "simple: %s has no expression node".formatted(node));
    }
    if (key.equals("script")) {
      fault("no-script", file, "a script step");
    }
    if (node.isTextual() && !key.equals("description") && !key.equals("note")) {
      text(file, key, node.asText());
    }
    if (node.has("ref") && node.has("method")) {
      bean(file, node.path("ref").asText(), node.path("method").asText());
    }
    if (Set.of("executorService", "aggregationStrategy", "idempotentRepository").contains(key)
        && context.getRegistry().lookupByName(node.asText()) == null) {
      fault("bean", file, "%s: there is no bean %s".formatted(key, node.asText()));
    }
    if (node.has("uri")) {
      endpoint(file, node.path("uri").asText(), node.path("parameters"));
    }
    if (key.equals("exception")) {
      node.forEach(name -> exception(file, name.asText()));
    }
    if (key.equals("routeConfigurationId")) {
      boolean known =
          files.values().stream()
              .flatMap(tree -> tree.findValues("routeConfiguration").stream())
              .anyMatch(policy -> policy.path("id").equals(node));
      if (!known) {
        fault("policy", file, "there is no routeConfiguration " + node);
      }
    }
  }

  private void uri(Path file, String uri) {
    if (uri.contains("?")) {
      fault("parameters", file, "the uri %s holds its options".formatted(uri));
    }
  }

  private void expression(Path file, JsonNode expression) {
    expression
        .fieldNames()
        .forEachRemaining(
            language -> {
              if (!LANGUAGES.contains(language)) {
                fault("no-script", file, "an expression in " + language);
              }
            });
    String simple = expression.at("/simple/expression").asText();
    if (OPERATORS.matcher(simple).results().count() > 1) {
      fault("one-operator", file, "simple: " + simple);
    }
  }

  private void text(Path file, String key, String text) {
    if (HOST.matcher(text).find()) {
      fault("no-host", file, "%s: %s".formatted(key, text));
    }
    if (SECRET.matcher(key).find() || (key.equals("uri") && SECRET.matcher(text).find())) {
      fault("no-password", file, "%s: %s".formatted(key, text));
    }
  }

  private void bean(Path file, String ref, String method) {
    Object bean = context.getRegistry().lookupByName(ref);
    if (bean == null) {
      fault("bean", file, "there is no bean " + ref);
    } else if (Arrays.stream(bean.getClass().getMethods())
        .map(Method::getName)
        .noneMatch(method::equals)) {
      fault("bean", file, "the bean %s has no method %s".formatted(ref, method));
    }
  }

  private void exception(Path file, String name) {
    try {
      Class.forName(name);
    } catch (ClassNotFoundException e) {
      fault("exception", file, "there is no exception " + name);
    }
  }

  /** Camel's own components by their catalog; ours by making the endpoint. */
  private void endpoint(Path file, String uri, JsonNode parameters) {
    String scheme = scheme(uri);
    if (uri.contains("{{") && scheme.isEmpty()) {
      return; // a property is the whole uri
    }
    if (scheme.equals("sync") || scheme.equals("archive")) {
      ourEndpoint(file, uri, scheme, parameters);
      return;
    }
    StringBuilder whole = new StringBuilder(uri);
    String separator = "?";
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      whole.append(separator).append(parameter.getKey()).append('=');
      whole.append(parameter.getValue().asText());
      separator = "&";
    }
    EndpointValidationResult result = catalog.validateEndpointProperties(whole.toString(), true);
    if (!result.isSuccess()) {
      fault("endpoint", file, uri + ": " + result.summaryErrorMessage(false).strip());
    }
  }

  private void ourEndpoint(Path file, String uri, String scheme, JsonNode parameters) {
    StringBuilder whole = new StringBuilder(uri.replaceAll("\\$\\{[^}]*}", "old/pictures"));
    String separator = "?";
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      String value = context.resolvePropertyPlaceholders(parameter.getValue().asText());
      if (value != null && !value.isEmpty()) {
        whole
            .append(separator)
            .append(parameter.getKey())
            .append("=RAW(")
            .append(value)
            .append(')');
        separator = "&";
      }
    }
    try {
      Objects.requireNonNull(context.getComponent(scheme)).createEndpoint(whole.toString());
    } catch (Exception e) {
      fault("endpoint", file, uri + ": " + e.getMessage());
    }
  }

  private void oneConsumerForEachInternalEndpoint() {
    Map<String, Integer> consumers = new TreeMap<>();
    files
        .values()
        .forEach(
            tree ->
                routes(tree)
                    .forEach(
                        route -> consumers.merge(route.at("/from/uri").asText(), 1, Integer::sum)));
    files.forEach(
        (file, tree) -> {
          for (JsonNode route : routes(tree)) {
            String from = route.at("/from/uri").asText();
            if (INTERNAL.contains(scheme(from)) && consumers.getOrDefault(from, 0) > 1) {
              fault("one-consumer", file, from + " is consumed more than once");
            }
          }
          for (String called : calls(tree)) {
            if (INTERNAL.contains(scheme(called)) && !consumers.containsKey(called)) {
              fault("called", file, called + " has no consumer");
            }
          }
        });
    for (String from : new TreeSet<>(consumers.keySet())) {
      boolean called = files.values().stream().anyMatch(tree -> calls(tree).contains(from));
      if (INTERNAL.contains(scheme(from)) && !called) {
        faults.add("called: " + from + " is never called");
      }
    }
  }

  private Set<String> calls(JsonNode tree) {
    Set<String> calls = new TreeSet<>();
    walk(
        tree,
        (key, node) -> {
          if (SENDS.contains(key) && node.has("uri")) {
            String uri = node.path("uri").asText().replaceAll("\\?.*", "");
            calls.add(uri.startsWith("{{") ? context.resolvePropertyPlaceholders(uri) : uri);
          }
        });
    return calls;
  }

  private static String scheme(@Nullable String uri) {
    int colon = uri == null ? -1 : uri.indexOf(':');
    return uri == null || colon < 0 || uri.startsWith("{{") ? "" : uri.substring(0, colon);
  }

  private static JsonSchema schema() {
    try (InputStream in =
        Objects.requireNonNull(RouteRules.class.getResourceAsStream("/schema/camelYamlDsl.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.picsync.routes;

import io.picsync.routes.RouteFile.Spot;
import io.picsync.routes.RouteRules.Faults;
import io.picsync.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Who calls whom: one route at each internal endpoint, and somebody who calls it. */
final class CallRules {
  static final Set<String> SENDS = Set.of("to", "toD", "wireTap", "enrich", "poll", "pollEnrich");
  private static final Set<String> INTERNAL = Set.of("direct", "seda");

  private final CamelContext context;
  private final Collection<RouteFile> files;

  CallRules(CamelContext context, Collection<RouteFile> files) {
    this.context = context;
    this.files = files;
  }

  static boolean isInternal(String uri) {
    return INTERNAL.contains(EndpointRules.scheme(uri));
  }

  void check(Faults faults) {
    Map<String, Spot> consumers = new TreeMap<>();
    for (RouteFile file : files) {
      for (Spot route : file.routes()) {
        String from = route.text("/from/uri");
        Spot other = consumers.putIfAbsent(from, route);
        if (other != null && (isInternal(from) || from.startsWith("sync:"))) {
          faults.fault(
              "one-consumer",
              route,
              "%s is the start of another route already, %s:%d. Name one of them otherwise."
                  .formatted(from, other.file().name(), other.line()));
        }
      }
    }
    for (RouteFile file : files) {
      for (Spot call : calls(file)) {
        String uri = target(call);
        if (isInternal(uri) && !consumers.containsKey(uri)) {
          faults.fault(
              "called", call, "no route starts from %s.%s".formatted(uri, nearest(uri, consumers)));
        }
      }
    }
  }

  /**
   * Internal routes that nobody calls: no fault of an operator's, who may have no sync just now.
   */
  void unused(Faults faults) {
    Set<String> called = new TreeSet<>();
    files.forEach(file -> calls(file).forEach(call -> called.add(target(call))));
    for (RouteFile file : files) {
      for (Spot route : file.routes()) {
        String from = route.text("/from/uri");
        if (isInternal(from) && !called.contains(from)) {
          faults.fault(
              "called", route, "no route calls %s. Call it, or remove it.".formatted(from));
        }
      }
    }
  }

  private static String nearest(String uri, Map<String, Spot> consumers) {
    Set<String> internal = new TreeSet<>(consumers.keySet());
    internal.removeIf(from -> !isInternal(from));
    return internal.isEmpty()
        ? ""
        : " The nearest is %s.".formatted(Settings.nearest(uri, internal));
  }

  private static List<Spot> calls(RouteFile file) {
    List<Spot> calls = new ArrayList<>();
    file.root()
        .walk(
            spot -> {
              if (SENDS.contains(spot.key()) && spot.node().has("uri")) {
                calls.add(spot.at("/uri"));
              }
            });
    return calls;
  }

  /** Without options; a property as the whole uri is resolved, where it is set. */
  private String target(Spot call) {
    String uri = call.node().asText();
    if (uri.startsWith("{{")) {
      try {
        uri = context.resolvePropertyPlaceholders(uri);
      } catch (IllegalArgumentException e) {
        return uri; // told by the rule placeholder
      }
    }
    return uri.replaceFirst("\\?.*", "");
  }
}

package io.picsync.routes;

import io.picsync.routes.RouteFile.Spot;
import io.picsync.routes.RouteRules.Faults;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Routes and their steps have one name each among all files: Camel starts none of them otherwise,
 * and does not say where. So a sync can't be called as a step of the shared routes is.
 */
final class IdRules {
  private static final List<String> VERBS =
      List.of("get", "head", "post", "put", "patch", "delete");

  private IdRules() {}

  /**
   * Two routes of one start are another rule's matter.
   *
   * @param files a fault is told in the later one
   */
  static void check(Collection<RouteFile> files, Faults faults) {
    check(files, faults, false);
  }

  /** All that keep Camel from a start. */
  static void checkAll(Collection<RouteFile> files, Faults faults) {
    check(files, faults, true);
  }

  private static void check(Collection<RouteFile> files, Faults faults, boolean all) {
    Map<String, Spot> taken = new TreeMap<>();
    for (RouteFile file : files) {
      file.routes().forEach(route -> route.walk(spot -> check(spot, taken, faults, all)));
      // each of its paths is a route; it itself is none
      file.entries("rest").stream()
          .flatMap(rest -> VERBS.stream().map(verb -> rest.at("/" + verb)))
          .forEach(path -> path.walk(spot -> check(spot, taken, faults, all)));
    }
  }

  private static void check(Spot id, Map<String, Spot> taken, Faults faults, boolean all) {
    boolean names =
        id.key().equals("id") && id.node().isTextual() && !id.pointer().contains("/parameters/");
    if (!names) {
      return;
    }
    Spot other = taken.putIfAbsent(id.node().asText(), id);
    if (other != null && (all || !from(id).equals(from(other)))) {
      faults.fault(
          "unique-id",
          id,
          "the id '%s' is taken by %s, %s:%d. Name %s otherwise."
              .formatted(
                  id.node().asText(),
                  isRoute(other) ? "another route" : "a step",
                  other.file().name(),
                  other.line(),
                  isRoute(id) ? "this route" : "this step"));
    }
  }

  /** {@code /0/route/id}. */
  private static boolean isRoute(Spot id) {
    return id.pointer().split("/").length == 4;
  }

  /** What the route starts from; a step's id has none, so it is like no other. */
  private static String from(Spot id) {
    String route = id.pointer().replaceFirst("/id$", "");
    return isRoute(id)
        ? id.file().root().text(route + "/from/uri")
        : id.file().name() + id.pointer();
  }
}

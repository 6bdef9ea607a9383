package io.picsync.routes;

import io.picsync.routes.RouteFile.Spot;
import io.picsync.routes.RouteRules.Faults;
import java.util.List;

/** What makes a route readable: names, a description that is its signature, shortness. */
final class DescriptionRules {
  private static final int MOST_STEPS = 12;

  private DescriptionRules() {}

  static void check(RouteFile file, Faults faults) {
    file.routes().forEach(route -> route(route, faults));
  }

  private static void route(Spot route, Faults faults) {
    String id = route.text("/id");
    String from = route.text("/from/uri");
    for (String wanted : List.of("id", "description", "group")) {
      if (route.text("/" + wanted).isBlank()) {
        faults.fault(
            "described", route, "the route '%s' has no %s. Give it one.".formatted(id, wanted));
      }
    }
    String description = route.text("/description");
    if (CallRules.isInternal(from)
        && !(description.contains("In:") && description.contains("Out:"))) {
      faults.fault(
          "signature",
          route.at("/description"),
          "the description of '%s' has no In: or no Out:. Say what its body is before and after."
              .formatted(id));
    }
    if (!from.substring(from.indexOf(':') + 1).equals(id)) {
      faults.fault(
          "named-alike",
          route.at("/id"),
          "the route '%s' is from %s. Give both one name.".formatted(id, from));
    }
    int steps = steps(route.at("/from/steps"));
    if (steps > MOST_STEPS) {
      faults.fault(
          "short",
          route,
          "the route '%s' has %d steps, more than %d. Move some into a route of their own."
              .formatted(id, steps, MOST_STEPS));
    }
  }

  private static int steps(Spot steps) {
    int[] count = {steps.node().size()};
    steps.walk(
        spot ->
            count[0] +=
                !spot.pointer().equals(steps.pointer())
                        && spot.key().equals("steps")
                        && spot.node().isArray()
                    ? spot.node().size()
                    : 0);
    return count[0];
  }
}

package io.picsync.routes;

import io.picsync.routes.RouteFile.Spot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Through which internal routes runs may come: all but those that only others call, such as the
 * API's, which its paths call. A call whose target is known at a run only may go to any other.
 */
final class RunsWay {
  private final Map<String, Spot> routes = new TreeMap<>();
  private final Set<String> ofRuns;
  private final Set<String> ofOthers;

  RunsWay(Collection<RouteFile> files) {
    List<Spot> syncs = new ArrayList<>();
    List<Spot> others = new ArrayList<>();
    for (RouteFile file : files) {
      for (Spot route : file.routes()) {
        String from = route.text("/from/uri");
        if (CallRules.isInternal(from)) {
          routes.put(from, route);
        } else {
          (from.startsWith("sync:") ? syncs : others).add(route);
        }
      }
      others.addAll(file.entries("rest"));
    }
    ofRuns = reachedFrom(syncs);
    ofOthers = reachedFrom(others);
  }

  /**
   * @param from where an internal route starts
   */
  boolean leadsThrough(String from) {
    return ofRuns.contains(from) || !ofOthers.contains(from);
  }

  private Set<String> reachedFrom(List<Spot> starts) {
    Set<String> reached = new HashSet<>();
    Deque<Spot> next = new ArrayDeque<>(starts);
    while (!next.isEmpty()) {
      for (String target : targets(next.remove())) {
        Spot route = routes.get(target);
        if (route != null && reached.add(target)) {
          next.add(route);
        }
      }
    }
    return reached;
  }

  private static Set<String> targets(Spot caller) {
    Set<String> targets = new HashSet<>();
    caller.walk(
        spot -> {
          if (CallRules.SENDS.contains(spot.key())) {
            String uri = spot.node().isTextual() ? spot.node().asText() : spot.text("/uri");
            targets.add(uri.replaceFirst("\\?.*", ""));
          }
        });
    return targets;
  }
}

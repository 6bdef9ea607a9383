package io.picsync.routes;

import io.picsync.routes.RouteFile.Spot;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.support.PatternHelper;

/**
 * What is other in one set of route files than in another, route by route: a comment is no change,
 * and neither is a route that moved to another file.
 *
 * @param removed ids of routes that are no more, or not as they were
 * @param added ids of routes that are new, or not as they were
 * @param policies ids of route configurations that are other; the routes that use one are made anew
 * @param syncs names of the syncs whose runs it concerns
 */
record RouteChange(
    Set<String> removed, Set<String> added, Set<String> policies, Set<String> syncs) {

  static RouteChange between(Collection<RouteFile> old, Collection<RouteFile> wanted) {
    Map<String, Spot> before = byId(old, false);
    Map<String, Spot> after = byId(wanted, false);
    Set<String> policies = differing(byId(old, true), byId(wanted, true));
    policies.addAll(differing(byId(wanted, true), byId(old, true)));
    Set<String> removed = differing(before, after);
    Set<String> added = differing(after, before);
    before.forEach((id, route) -> addIf(removed, id, uses(route, policies)));
    after.forEach((id, route) -> addIf(added, id, uses(route, policies)));
    return new RouteChange(
        removed, added, policies, syncs(before, removed, added, new RunsWay(old)));
  }

  private static void addIf(Set<String> ids, String id, boolean whether) {
    if (whether) {
      ids.add(id);
    }
  }

  /** As Camel decides it: by the ids that a route names, and for all others those without one. */
  private static boolean uses(Spot route, Set<String> policies) {
    String named = route.text("/routeConfigurationId");
    return policies.stream()
        .anyMatch(
            policy ->
                named.isBlank()
                    ? policy.isEmpty() || policy.equals("*")
                    : PatternHelper.matchPatterns(policy, named.split(",")));
  }

  /** Ids of routes that are there before and after, and not as they were. */
  Set<String> changed() {
    Set<String> ids = new TreeSet<>(removed);
    ids.retainAll(added);
    return ids;
  }

  /** Ids of routes that are no more. */
  Set<String> gone() {
    return without(removed, added);
  }

  /** Ids of routes that were not there before. */
  Set<String> fresh() {
    return without(added, removed);
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> ids = new TreeSet<>(some);
    ids.removeAll(others);
    return ids;
  }

  boolean isEmpty() {
    return removed.isEmpty() && added.isEmpty() && policies.isEmpty();
  }

  private static Map<String, Spot> byId(Collection<RouteFile> files, boolean policies) {
    Map<String, Spot> found = new TreeMap<>();
    for (RouteFile file : files) {
      for (Spot spot : policies ? file.policies() : file.routes()) {
        found.put(spot.text("/id"), spot);
      }
    }
    return found;
  }

  /** Those of the first that the second has not, or has otherwise. */
  private static Set<String> differing(Map<String, Spot> these, Map<String, Spot> others) {
    Set<String> differing = new TreeSet<>();
    these.forEach(
        (id, spot) -> {
          Spot other = others.get(id);
          if (other == null || !other.node().equals(spot.node())) {
            differing.add(id);
          }
        });
    return differing;
  }

  /** All of them where a route that runs go through is other. */
  private static Set<String> syncs(
      Map<String, Spot> before, Set<String> removed, Set<String> added, RunsWay way) {
    Map<String, String> all = new TreeMap<>();
    before.forEach(
        (id, route) -> {
          String from = route.text("/from/uri");
          if (from.startsWith("sync:")) {
            all.put(id, from.substring("sync:".length()).replaceFirst("\\?.*", ""));
          }
        });
    boolean shared =
        before.values().stream()
            .filter(route -> removed.contains(route.text("/id")))
            .map(route -> route.text("/from/uri"))
            .anyMatch(from -> CallRules.isInternal(from) && way.leadsThrough(from));
    if (!shared) {
      all.keySet().removeIf(id -> !removed.contains(id) && !added.contains(id));
    }
    return new TreeSet<>(all.values());
  }
}

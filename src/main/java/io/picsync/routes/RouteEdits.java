package io.picsync.routes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides which edits of route files may take effect: those that break no rule. Immutable. */
final class RouteEdits {
  private final RouteRules rules;

  RouteEdits(RouteRules rules) {
    this.rules = rules;
  }

  /**
   * @param files what is to be in effect: the edits that break no rule, all else as it was
   * @param faults of the edits that are refused
   */
  record Decision(Map<String, RouteFile> files, List<FileFault> faults) {}

  /** What breaks a rule and is in effect all the same, since a start is not as strict. */
  List<FileFault> standing(Map<String, RouteFile> applied) {
    return rules.faults(applied.values());
  }

  /** Files that are as they were are not blamed for what was wrong in them before. */
  Decision decide(Map<String, RouteFile> applied, Map<String, RouteFile> wanted) {
    Set<String> edits = edits(applied, wanted);
    List<FileFault> refused = new ArrayList<>();
    if (edits.isEmpty()) {
      return new Decision(applied, refused);
    }
    Set<FileFault> known = new HashSet<>(standing(applied));
    while (!edits.isEmpty()) {
      Map<String, RouteFile> files = with(applied, wanted, edits);
      List<FileFault> faults = new ArrayList<>(rules.faults(files.values(), edits));
      faults.addAll(restarts(applied, wanted, edits));
      faults.removeIf(known::contains);
      if (faults.isEmpty()) {
        return new Decision(files, refused);
      }
      refused.addAll(faults);
      Set<String> guilty = new TreeSet<>(edits);
      guilty.retainAll(faults.stream().map(FileFault::file).toList());
      edits.removeAll(guilty.isEmpty() ? Set.copyOf(edits) : guilty);
    }
    return new Decision(applied, refused);
  }

  private static Set<String> edits(Map<String, RouteFile> applied, Map<String, RouteFile> wanted) {
    Set<String> names = new TreeSet<>(applied.keySet());
    names.addAll(wanted.keySet());
    names.removeIf(name -> isSame(applied.get(name), wanted.get(name)));
    return names;
  }

  private static boolean isSame(@Nullable RouteFile one, @Nullable RouteFile other) {
    return one == other || (one != null && other != null && one.text().equals(other.text()));
  }

  private static Map<String, RouteFile> with(
      Map<String, RouteFile> applied, Map<String, RouteFile> wanted, Set<String> edits) {
    Map<String, RouteFile> files = new TreeMap<>(applied);
    for (String name : edits) {
      RouteFile file = wanted.get(name);
      if (file == null) {
        files.remove(name);
      } else {
        files.put(name, file);
      }
    }
    return files;
  }

  /** What Camel reads at a start only. */
  private static List<FileFault> restarts(
      Map<String, RouteFile> applied, Map<String, RouteFile> wanted, Set<String> edits) {
    List<FileFault> faults = new ArrayList<>();
    for (String name : edits) {
      RouteFile before = applied.get(name);
      RouteFile after = wanted.get(name);
      if (!others(before).equals(others(after))) {
        faults.add(
            new FileFault(
                name,
                1,
                "restart",
                "something beside routes and route configurations is other than before. Restart picsync for it to take effect."));
      }
    }
    return faults;
  }

  private static List<Object> others(@Nullable RouteFile file) {
    List<Object> others = new ArrayList<>();
    if (file != null) {
      file.root()
          .node()
          .forEach(
              entry -> {
                if (!entry.has("route") && !entry.has("routeConfiguration")) {
                  others.add(entry);
                }
              });
    }
    return others;
  }
}

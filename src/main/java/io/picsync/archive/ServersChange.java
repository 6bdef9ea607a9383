package io.picsync.archive;

import io.picsync.settings.Settings;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What is other about the servers in one configuration than in another; names of servers, sorted,
 * each in one of the sets at most.
 *
 * @param added there are no such servers yet
 * @param renewed another place, another login, other ways to trust it
 * @param limited other limits, which the server as it is open takes
 * @param removed there are no such servers any more
 */
public record ServersChange(
    SortedSet<String> added,
    SortedSet<String> renewed,
    SortedSet<String> limited,
    SortedSet<String> removed) {
  private static final Set<String> LIMITS = Set.of("connections", "bandwidth", "time-zone");

  public ServersChange {
    added = Collections.unmodifiableSortedSet(new TreeSet<>(added));
    renewed = Collections.unmodifiableSortedSet(new TreeSet<>(renewed));
    limited = Collections.unmodifiableSortedSet(new TreeSet<>(limited));
    removed = Collections.unmodifiableSortedSet(new TreeSet<>(removed));
  }

  /**
   * @param keys of servers, besides {@code uri}
   */
  static ServersChange between(Settings old, Settings wanted, Set<String> keys) {
    SortedSet<String> before = ServerConfig.names(old, keys);
    SortedSet<String> after = ServerConfig.names(wanted, keys);
    SortedSet<String> added = new TreeSet<>(after);
    added.removeAll(before);
    SortedSet<String> removed = new TreeSet<>(before);
    removed.removeAll(after);
    SortedSet<String> renewed = new TreeSet<>();
    SortedSet<String> limited = new TreeSet<>();
    after.retainAll(before);
    for (String name : after) {
      Set<String> options = ServerConfig.read(wanted, name, keys).differing(old);
      if (!LIMITS.containsAll(options)) {
        renewed.add(name);
      } else if (!options.isEmpty()) {
        limited.add(name);
      }
    }
    return new ServersChange(added, renewed, limited, removed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && renewed.isEmpty() && limited.isEmpty() && removed.isEmpty();
  }
}

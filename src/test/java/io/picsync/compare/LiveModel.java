package io.picsync.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What others do to two archives while picsync runs between them, and what it may make of that: a
 * picture of the destination's own stays as it is, any other that is there has one of the contents
 * that the source had, whole; and one that did not change at the source, in folders that may be
 * entered, is there. Not for several threads.
 */
final class LiveModel {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final ScriptedFtpServer source;
  private final ScriptedFtpServer destination;
  private final Map<String, List<byte[]>> atSource = new TreeMap<>();
  private final Map<String, byte[]> ownAtDestination = new TreeMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private int contents;

  LiveModel(ScriptedFtpServer source, ScriptedFtpServer destination) {
    this.source = source;
    this.destination = destination;
  }

  /** It appears, has another content, or is gone, where the size is 0. */
  void changeSource(String path, int size) {
    changed.add(path);
    if (size == 0) {
      gone.add(path);
      if (source.file("cam/" + path) != null) {
        source.delete("cam/" + path);
      }
      return;
    }
    gone.remove(path);
    byte[] content = Trees.picture(++contents, size * 1000);
    atSource.computeIfAbsent(path, none -> new ArrayList<>()).add(content);
    source.put("cam/" + path, content, TAKEN);
  }

  /** A camera that uploads there, too: it takes no name that is taken. */
  void appearAtDestination(String path, int size) {
    if (size > 0 && destination.file("cam/" + path) == null) {
      byte[] content = Trees.picture(++contents, size * 1000);
      ownAtDestination.put(path, content);
      destination.put("cam/" + path, content, TAKEN);
    }
  }

  /** Nobody changes anything from here on, nor has since the last run. */
  void rests() {
    changed.clear();
    Map<String, byte[]> now = new HashMap<>();
    for (String path : destination.paths()) {
      byte[] content = destination.file(path);
      if (content != null) {
        now.put(path.substring("cam/".length()), content);
      }
    }
    ownAtDestination.putAll(now);
    atSource.forEach((path, all) -> all.subList(0, all.size() - 1).clear());
    gone.forEach(atSource::remove);
  }

  /**
   * @param isForbidden of a folder, on both sides
   */
  void agreesAfterLiveRun(StoredReport report, Predicate<String> isForbidden) {
    agrees();
    Set<String> left = new HashSet<>();
    for (String path : atSource.keySet()) {
      boolean hidden = false;
      for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        hidden |= isForbidden.test(path.substring(0, slash));
      }
      if (!hidden && !changed.contains(path) && destination.file("cam/" + path) == null) {
        left.add(path);
      }
    }
    assertThat(left).as("rested at the source and was not brought: %s", report.cause()).isEmpty();
  }

  void agreesAfterQuietRun() {
    agrees();
    Set<String> there = new HashSet<>(destination.paths());
    assertThat(there).containsAll(atSource.keySet().stream().map(path -> "cam/" + path).toList());
  }

  private void agrees() {
    for (String path : source.paths()) {
      List<byte[]> all = atSource.getOrDefault(path.substring("cam/".length()), List.of());
      assertThat(all).as("source %s", path).isNotEmpty();
      assertThat(source.file(path)).as("source %s", path).isEqualTo(all.get(all.size() - 1));
    }
    for (String path : destination.paths()) {
      String picture = path.substring("cam/".length());
      byte[] content = destination.file(path);
      byte[] own = ownAtDestination.get(picture);
      if (own != null) {
        assertThat(content).as("the destination's own %s", path).isEqualTo(own);
      } else {
        assertThat(atSource.getOrDefault(picture, List.of()))
            .as("brought: %s", path)
            .contains(content);
      }
    }
    assertThat(destination.paths())
        .containsAll(ownAtDestination.keySet().stream().map(path -> "cam/" + path).toList());
  }
}

package io.picsync.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The route files as they lie on disk, each believed when two looks found it alike: editors write
 * piece by piece, or remove a file and rename another to its name. Looks at the files themselves,
 * since not all file systems tell of changes. For one thread.
 */
final class RouteFolder {
  private final Supplier<List<Path>> files;
  private Map<String, Look> before = new HashMap<>();
  private final Map<String, RouteFile> settled = new TreeMap<>();

  /** How each was when it was read last. */
  private final Map<String, Look> read = new HashMap<>();

  /** What tells that a file was written. */
  private record Look(Path file, long size, long modified, @Nullable Object key) {}

  /**
   * @param files all route files that there are now
   */
  RouteFolder(Supplier<List<Path>> files) {
    this.files = files;
  }

  /** Reads all as they are now, once, without waiting for them to settle. */
  void begin() throws IOException {
    before = look();
    for (Map.Entry<String, Look> entry : before.entrySet()) {
      read(entry.getKey(), entry.getValue());
    }
  }

  /**
   * Looks again.
   *
   * @return the settled files by name; one that is being written is as it was before
   */
  Map<String, RouteFile> settled() throws IOException {
    Map<String, Look> now = look();
    for (Map.Entry<String, Look> entry : now.entrySet()) {
      String name = entry.getKey();
      boolean rested = entry.getValue().equals(before.get(name));
      if (rested && !entry.getValue().equals(read.get(name))) {
        read(name, entry.getValue());
      }
    }
    Map<String, Look> last = before;
    settled.keySet().removeIf(name -> !now.containsKey(name) && !last.containsKey(name));
    read.keySet().retainAll(settled.keySet());
    before = now;
    return new TreeMap<>(settled);
  }

  private void read(String name, Look look) {
    try {
      keep(name, Files.readString(look.file()));
    } catch (IOException e) {
      settled.put(name, RouteFile.closed(name, e));
    }
    read.put(name, look);
  }

  private void keep(String name, String text) {
    RouteFile old = settled.get(name);
    if (old == null || !old.text().equals(text)) {
      settled.put(name, RouteFile.of(name, text));
    }
  }

  private Map<String, Look> look() throws IOException {
    Map<String, Look> looks = new HashMap<>();
    for (Path file : files.get()) {
      if (!String.valueOf(file.getFileName()).startsWith(".")) { // editors' own
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        looks.put(
            name(file),
            new Look(
                file,
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                attributes.fileKey()));
      }
    }
    return looks;
  }

  /** {@code routes/syncs/source1.camel.yaml}. */
  static String name(Path file) {
    return file.toString().replaceFirst(".*/(routes/(syncs/)?[^/]+)$", "$1");
  }
}

package io.picsync.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.camel.util.FileUtil;

/**
 * What a tree of pictures is to hold, as a plain map: path to {@code file SIZE}, {@code folder} or
 * {@code link}. Not for several threads.
 */
public final class ModelTree {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  /** What a path may be; the last stands for taking it away. */
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    NOTHING
  }

  private final TreeMap<String, String> entries = new TreeMap<>();

  /** What was there before at this path and below goes; folders above come, if files can't. */
  public void put(String path, Kind kind, int size) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String above = entries.putIfAbsent(path.substring(0, slash), "folder");
      if (above != null && !above.equals("folder")) {
        return;
      }
    }
    if (kind == Kind.FOLDER && "folder".equals(entries.get(path))) {
      return;
    }
    entries.keySet().removeIf(other -> other.equals(path) || other.startsWith(path + "/"));
    switch (kind) {
      case FILE -> entries.put(path, "file " + size);
      case FOLDER -> entries.put(path, "folder");
      case LINK -> entries.put(path, "link");
      case NOTHING -> {}
    }
  }

  /** A picture of the other tree, with the folders above it. */
  public void copy(ModelTree other, String path) {
    put(
        path,
        Kind.FILE,
        Integer.parseInt(other.entries.getOrDefault(path, "").substring("file ".length())));
  }

  public SortedMap<String, String> entries() {
    return entries;
  }

  /** Makes a folder of this machine be so, from scratch. */
  public void write(Path root) throws IOException {
    FileUtil.removeDir(root.toFile());
    Files.createDirectories(root);
    for (var entry : entries.entrySet()) {
      Path path = root.resolve(entry.getKey());
      switch (entry.getValue()) {
        case "folder" -> Files.createDirectory(path);
        case "link" -> Files.createSymbolicLink(path, root);
        default -> {
          int size = Integer.parseInt(entry.getValue().substring("file ".length()));
          Files.write(path, Trees.picture(1, size));
          Files.setLastModifiedTime(path, FileTime.from(TAKEN));
        }
      }
    }
  }

  /** The entries of a folder of this machine. */
  public static SortedMap<String, String> read(Path root) throws IOException {
    TreeMap<String, String> entries = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root)) {
              entries.put(root.relativize(folder).toString(), "folder");
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            entries.put(
                root.relativize(file).toString(), regular ? "file " + attributes.size() : "link");
            return FileVisitResult.CONTINUE;
          }
        });
    return entries;
  }
}

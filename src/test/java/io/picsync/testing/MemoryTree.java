package io.picsync.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folders and files in memory, as {@link ScriptedFtpServer} serves them. Paths are absolute or
 * relative to the root, {@code /}-separated. Thread-safe; operations that change the tree answer
 * false, and change nothing, where a file system would refuse.
 */
final class MemoryTree {
  /** What a listing tells about one child of a folder; the size of a folder is 0. */
  record Entry(String name, boolean folder, long bytes, Instant modified) {}

  private static final class Node {
    private final TreeMap<String, Node> children = new TreeMap<>();
    private byte @Nullable [] content;
    private Instant modified;

    private Node(byte @Nullable [] content, Instant modified) {
      this.content = content;
      this.modified = modified;
    }

    private Entry entry(String name) {
      byte[] bytes = content;
      return new Entry(name, bytes == null, bytes == null ? 0 : bytes.length, modified);
    }
  }

  private final Node root = new Node(null, Instant.EPOCH);

  synchronized @Nullable Entry entry(String path) {
    Node node = find(path);
    return node == null ? null : node.entry(name(path));
  }

  synchronized boolean isFolder(String path) {
    Node node = find(path);
    return node != null && node.content == null;
  }

  synchronized byte @Nullable [] content(String path) {
    Node node = find(path);
    byte[] content = node == null ? null : node.content;
    return content == null ? null : content.clone();
  }

  /** The children of a folder by name, none if it is no folder. */
  synchronized List<Entry> children(String path) {
    List<Entry> entries = new ArrayList<>();
    Node node = find(path);
    if (node != null) {
      node.children.forEach((name, child) -> entries.add(child.entry(name)));
    }
    return entries;
  }

  /** All files, relative to the root. */
  synchronized SortedSet<String> paths() {
    SortedSet<String> paths = new TreeSet<>();
    collect("", root, paths);
    return paths;
  }

  /** Makes one folder; its parent must be there, and nothing of its name. */
  synchronized boolean makeFolder(String path, Instant modified) {
    Node parent = find(parent(path));
    return parent != null
        && parent.content == null
        && !name(path).isEmpty()
        && parent.children.putIfAbsent(name(path), new Node(null, modified)) == null;
  }

  /** Makes a folder and those above it; what is there already stays. */
  synchronized void makeFolders(String path, Instant modified) {
    if (!isFolder(path)) {
      makeFolders(parent(path), modified);
      if (!makeFolder(path, modified)) {
        throw new IllegalArgumentException("Cannot make folder " + path + ": a file is in the way");
      }
    }
  }

  /** Writes or overwrites a file in a folder that exists. */
  synchronized boolean write(String path, byte[] content, Instant modified) {
    Node parent = find(parent(path));
    if (parent == null || parent.content != null || isFolder(path)) {
      return false;
    }
    parent.children.put(name(path), new Node(content.clone(), modified));
    return true;
  }

  synchronized boolean touch(String path, Instant modified) {
    Node node = find(path);
    if (node == null || node.content == null) {
      return false;
    }
    node.modified = modified;
    return true;
  }

  synchronized boolean deleteFile(String path) {
    Node node = find(path);
    return node != null && node.content != null && detach(path);
  }

  synchronized boolean deleteFolder(String path) {
    Node node = find(path);
    return node != null && node.content == null && node.children.isEmpty() && detach(path);
  }

  /** Renames like rename(2): an existing file is replaced. */
  synchronized boolean rename(String from, String to) {
    Node node = find(from);
    Node parent = find(parent(to));
    boolean intoItself = (canonical(to) + "/").startsWith(canonical(from) + "/");
    if (node == null || parent == null || parent.content != null || isFolder(to) || intoItself) {
      return false;
    }
    detach(from);
    parent.children.put(name(to), node);
    return true;
  }

  /** The absolute form: a leading slash, no empty, {@code .} or {@code ..} parts. */
  static String canonical(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return "/" + String.join("/", parts);
  }

  private @Nullable Node find(String path) {
    Node node = root;
    for (String part : canonical(path).substring(1).split("/")) {
      if (!part.isEmpty()) {
        node = node.children.get(part);
        if (node == null) {
          return null;
        }
      }
    }
    return node;
  }

  private boolean detach(String path) {
    Node parent = find(parent(path));
    return parent != null && parent.children.remove(name(path)) != null;
  }

  private static void collect(String prefix, Node folder, SortedSet<String> paths) {
    folder.children.forEach(
        (name, child) -> {
          if (child.content == null) {
            collect(prefix + name + "/", child, paths);
          } else {
            paths.add(prefix + name);
          }
        });
  }

  private static String parent(String path) {
    String canonical = canonical(path);
    return canonical.substring(0, Math.max(1, canonical.lastIndexOf('/')));
  }

  private static String name(String path) {
    String canonical = canonical(path);
    return canonical.substring(canonical.lastIndexOf('/') + 1);
  }
}

package io.picsync.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * The user of the machine that a daemon works as, by number: the tests' own, or, when they run as
 * root, one without rights.
 *
 * @param root whether the tests run as root
 */
record Owner(int uid, int gid, boolean root) {
  private static final int NOBODY = 65534;

  static Owner choose() throws IOException {
    Path self = Path.of("/proc/self");
    int uid = (Integer) Files.getAttribute(self, "unix:uid");
    int gid = (Integer) Files.getAttribute(self, "unix:gid");
    return uid == 0 ? new Owner(NOBODY, NOBODY, true) : new Owner(uid, gid, false);
  }

  /** A user of the machine where the tests run as root, else whoever runs them. */
  static Owner named(String user) throws IOException {
    Owner chosen = choose();
    if (!chosen.root) {
      return chosen;
    }
    try (Stream<String> users = Files.lines(Path.of("/etc/passwd"))) {
      return users
          .map(line -> line.split(":"))
          .filter(fields -> fields[0].equals(user))
          .map(fields -> new Owner(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), true))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("This machine has no user " + user));
    }
  }

  /** The folder and all in it; nothing where it belongs to that user anyway. */
  void own(Path folder) throws IOException {
    if (!root) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(each, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

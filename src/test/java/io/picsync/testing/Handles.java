package io.picsync.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process holds open, by Linux's own account.
 *
 * @param sockets ends of connections, and listeners
 * @param files all open files, sockets among them
 */
public record Handles(int sockets, int files, int threads) {
  private static final Path OPEN = Path.of("/proc/self/fd");

  public static Handles open() throws IOException {
    List<Path> open;
    try (Stream<Path> all = Files.list(OPEN)) {
      open = all.toList();
    }
    int sockets = 0;
    for (Path file : open) {
      try {
        sockets += Files.readSymbolicLink(file).toString().startsWith("socket:") ? 1 : 0;
      } catch (NoSuchFileException e) {
        // closed since, or the one that told of the others
      }
    }
    return new Handles(sockets, open.size(), ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /** How often one file is open. */
  public static int of(Path file) throws IOException {
    int count = 0;
    try (Stream<Path> all = Files.list(OPEN)) {
      for (Path open : all.toList()) {
        try {
          count += Files.readSymbolicLink(open).equals(file.toRealPath()) ? 1 : 0;
        } catch (NoSuchFileException e) {
          // closed since
        }
      }
    }
    return count;
  }
}

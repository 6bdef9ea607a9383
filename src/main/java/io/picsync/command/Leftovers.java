package io.picsync.command;

import io.picsync.archive.Owner;
import io.picsync.lists.WholeFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What killed processes of this installation left on this machine: unfinished reports and lists,
 * and pictures in the spool. What they left at destinations the next sync's comparison removes.
 *
 * <p>Files are looked for before their owners: what was there then, and whose owner is gone now,
 * nobody is writing.
 *
 * @param spool each owner has a folder of its id in it
 */
record Leftovers(Owner owner, Path reports, Path spool) {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  /** Where this process spools; made when it is first needed. */
  Path ownSpool() {
    return spool.resolve(owner.id());
  }

  /** At start, before anything temporary is made; what can't be removed is left to the next. */
  void remove() {
    try {
      int removed = removeReports() + removeSpooled();
      if (removed > 0) {
        LOG.info("Temporary files of a killed picsync were removed. cleaned={}", removed);
      }
    } catch (IOException e) {
      LOG.warn("Temporary files of a killed picsync stay. why={}", e.toString());
    }
  }

  /** They don't tell whose they are: only when nobody else can be writing there. */
  private int removeReports() throws IOException {
    List<Path> parts = WholeFile.parts(reports);
    for (Path sync : folders(reports)) {
      parts.addAll(WholeFile.parts(sync));
    }
    return owner.isAlone() ? remove(parts) : 0;
  }

  private int removeSpooled() throws IOException {
    int removed = 0;
    for (Path folder : Files.isDirectory(spool) ? folders(spool) : List.<Path>of()) {
      List<Path> files = list(folder, "picsync-*.spool");
      if (owner.isGone(String.valueOf(folder.getFileName()))) {
        removed += remove(files);
      }
    }
    return removed;
  }

  private static List<Path> folders(Path folder) throws IOException {
    List<Path> all = list(folder, "*");
    all.removeIf(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    return all;
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(all::add);
    }
    return all;
  }

  private static int remove(List<Path> files) throws IOException {
    int removed = 0;
    for (Path file : files) {
      removed += Files.deleteIfExists(file) ? 1 : 0;
    }
    return removed;
  }
}

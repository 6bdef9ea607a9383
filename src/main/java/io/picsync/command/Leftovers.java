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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What killed processes of this installation left on this machine: unfinished reports and lists,
 * lists without a report, and pictures in the spool. What they left at destinations the next sync's
 * comparison removes.
 *
 * <p>Files are looked for before their owners: what was there then, and whose owner is gone now,
 * nobody is writing.
 *
 * @param spool each owner has a folder of its id in it
 */
record Leftovers(Owner owner, Path reports, Path spool) {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final Pattern RUN = Pattern.compile("\\d{8}T\\d{9}Z-[\\w-]+");
  private static final Pattern LIST =
      Pattern.compile("(?<run>\\d{8}T\\d{9}Z-.+)\\.(missing|differs|outcomes)\\.jsonl\\.gz");

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

  /**
   * They don't tell whose they are: only when nobody else can be writing there. Lists are published
   * before their report, so one without a report is a killed run's, too.
   */
  private int removeReports() throws IOException {
    List<Path> parts = WholeFile.parts(reports);
    List<Path> lists = new ArrayList<>();
    for (Path sync : folders(reports)) {
      parts.addAll(WholeFile.parts(sync));
      lists.addAll(list(sync, "*.jsonl.gz"));
    }
    if (!owner.isAlone()) {
      return 0;
    }
    lists.removeIf(Leftovers::hasReport); // it may have come until its owner was gone
    parts.addAll(lists);
    tellRuns(parts);
    return remove(parts);
  }

  /**
   * A run that was killed, or whose disk was full, leaves no report, and would never be heard of
   * again.
   */
  private static void tellRuns(List<Path> left) {
    SortedSet<String> runs = new TreeSet<>();
    for (Path file : left) {
      RUN.matcher(String.valueOf(file.getFileName())).results().forEach(id -> runs.add(id.group()));
    }
    runs.forEach(
        run ->
            LOG.info(
                "A run left no report: it was killed, or could not write it. The next one of its sync compares anew. run={}",
                run));
  }

  /** Or is not ours. */
  private static boolean hasReport(Path list) {
    Matcher ours = LIST.matcher(String.valueOf(list.getFileName()));
    return !ours.matches() || Files.exists(list.resolveSibling(ours.group("run") + ".json"));
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

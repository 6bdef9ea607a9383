package io.picsync.retention;

import io.picsync.report.RunId;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;

/**
 * One month of a sync on its way into its bundle. One thread.
 *
 * @param runs whose reports are files of their own, and go into it
 */
record Bundling(
    String sync, YearMonth month, Path target, NavigableSet<RunId> runs, Set<String> read) {
  Bundling(String sync, YearMonth month, Path target, NavigableSet<RunId> runs) {
    this(sync, month, target, runs, new HashSet<>());
  }
}

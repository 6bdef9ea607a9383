package io.picsync.compare;

import io.picsync.archive.IgnoredReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which folders a run leaves out because their turn has not come: day folders that are on both
 * sides, older than yesterday, settled when they were compared last, and young enough since. Each
 * day has a share of the sweep of its own, so that not all are due at once. Thread-safe.
 */
final class Turn {
  /** The day is not over everywhere on earth until the next has ended in UTC. */
  private static final int YOUNG_DAYS = 1;

  private final Rota rota;
  private final Instant now;
  private final Duration interval;
  private final Map<String, Rota.Day> compared = new HashMap<>();
  private final Set<String> leftOut = new HashSet<>();
  private LeftOut sum = LeftOut.NOTHING;

  /**
   * @param interval how long until the next run, as far as anybody can tell
   */
  Turn(Rota rota, Instant now, Duration interval) {
    this.rota = rota;
    this.now = now;
    this.interval = interval;
  }

  /** Whether a folder that the listings above it tell of is not to be compared in this run. */
  synchronized boolean leavesOut(Folder folder) {
    String path = folder.path();
    Rota.Day day = rota.days().get(path);
    if (day == null
        || !day.settled()
        || !folder.atSource()
        || !folder.atDestination()
        || !isOld(path.substring(path.lastIndexOf('/') + 1))
        || isDue(path, day)) {
      return false;
    }
    leftOut.add(path);
    sum = sum.plus(day);
    return true;
  }

  /** The next run would be too late. */
  private boolean isDue(String path, Rota.Day day) {
    Duration age = Duration.between(day.compared(), now);
    double share = 0.5 + (path.hashCode() & 0xffff) / 131_072.0;
    Duration longest = Duration.ofMillis((long) (rota.sweep().toMillis() * share));
    return age.plus(interval).compareTo(longest) >= 0;
  }

  private boolean isOld(String name) {
    LocalDate date = date(name);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return date != null && date.isBefore(today.minusDays(YOUNG_DAYS));
  }

  private static @Nullable LocalDate date(String name) {
    try {
      return LocalDate.parse(name, DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The outermost day folder that a folder is or lies in. */
  private static @Nullable String dayOf(String path) {
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int end = slash < 0 ? path.length() : slash;
      if (date(path.substring(from, end)) != null) {
        return path.substring(0, end);
      }
      from = end + 1;
    }
    return null;
  }

  /** A folder was compared. */
  void compared(FolderComparison folder) {
    Classes classes = folder.classes();
    boolean settled =
        classes.missingInDestination().count() == 0
            && classes.differsAtSource().count() == 0
            && isSettled(folder);
    add(folder.path(), classes.source().count(), classes.destination().count(), settled);
  }

  /** Neither still being written nor under a name that is to become another. */
  private static boolean isSettled(FolderComparison folder) {
    Map<IgnoredReason, Long> ignored = folder.ignoredAtSource().counts();
    return !ignored.containsKey(IgnoredReason.UNSETTLED)
        && !ignored.containsKey(IgnoredReason.TEMPORARY)
        && !folder.ignoredAtDestination().counts().containsKey(IgnoredReason.UNSETTLED);
  }

  /** A folder could not be compared. */
  void untrusted(String path) {
    add(path, 0, 0, false);
  }

  private synchronized void add(String path, long source, long destination, boolean settled) {
    String day = dayOf(path);
    if (day != null) {
      compared.merge(
          day,
          new Rota.Day(now, source, destination, settled),
          (a, b) ->
              new Rota.Day(
                  now,
                  a.source() + b.source(),
                  a.destination() + b.destination(),
                  a.settled() && b.settled()));
    }
  }

  /**
   * Hands over what this run learned.
   *
   * @param whole whether it came to all folders that it did not leave out
   */
  synchronized void end(boolean whole) {
    if (whole) {
      rota.days().keySet().retainAll(leftOut);
      rota.days().putAll(compared);
    } else {
      rota.days().keySet().removeAll(compared.keySet());
    }
  }

  synchronized LeftOut leftOut() {
    return sum;
  }
}

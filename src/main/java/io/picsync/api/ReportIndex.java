package io.picsync.api;

import io.picsync.report.RunId;
import io.picsync.sync.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Which reports there are, by sync and time, with how they ended: nine bytes a report. Thread-safe.
 */
final class ReportIndex {
  private static final List<RunStatus> STATUSES = List.of(RunStatus.values());

  private final Map<String, Series> bySync = new ConcurrentSkipListMap<>();

  /**
   * Which reports are wanted.
   *
   * @param statuses empty for all
   * @param from the oldest wanted
   * @param to before this
   */
  record Filter(Optional<String> sync, Set<RunStatus> statuses, Instant from, Instant to) {}

  /**
   * @return false when it was there already
   */
  boolean add(RunId run, RunStatus status) {
    return bySync.computeIfAbsent(run.sync(), sync -> new Series()).add(run.requested(), status);
  }

  /**
   * What is no longer stored goes.
   *
   * @param until the newest that was known when they were looked for; newer ones stay
   */
  void retain(String sync, Set<RunId> stored, RunId until) {
    Series series = bySync.get(sync);
    if (series != null) {
      series.retain(sync, stored, until.requested().toEpochMilli());
    }
  }

  /** All reports of a sync are gone. */
  void forget(String sync) {
    bySync.remove(sync);
  }

  Optional<RunId> newest(String sync) {
    Series series = bySync.get(sync);
    Part part = series == null ? new Part(new long[0], new byte[0], 0) : series.copy();
    return part.size == 0
        ? Optional.empty()
        : Optional.of(new RunId(sync, Instant.ofEpochMilli(part.times[part.size - 1])));
  }

  boolean has(RunId run) {
    Series series = bySync.get(run.sync());
    return series != null && series.has(run.requested());
  }

  Set<String> syncs() {
    return bySync.keySet();
  }

  long size() {
    return bySync.values().stream().mapToLong(Series::size).sum();
  }

  /**
   * The newest first.
   *
   * @param before where the page before ended, null for the first
   * @param limit the most
   */
  List<RunId> page(Filter filter, @Nullable RunId before, int limit) {
    PriorityQueue<Descent> heads =
        new PriorityQueue<>(Comparator.comparing(Descent::head).reversed());
    bySync.forEach(
        (sync, series) -> {
          if (filter.sync().isEmpty() || filter.sync().get().equals(sync)) {
            Descent descent = new Descent(sync, series.copy(), filter, before);
            if (descent.next()) {
              heads.add(descent);
            }
          }
        });
    List<RunId> page = new ArrayList<>();
    while (page.size() < limit && !heads.isEmpty()) {
      Descent newest = heads.remove();
      page.add(newest.head());
      if (newest.next()) {
        heads.add(newest);
      }
    }
    return page;
  }

  /** Walks one sync's reports from the newest wanted one down. */
  private static final class Descent {
    private final String sync;
    private final Part part;
    private final Filter filter;
    private int at;
    private @Nullable RunId head;

    Descent(String sync, Part part, Filter filter, @Nullable RunId before) {
      this.sync = sync;
      this.part = part;
      this.filter = filter;
      long end = filter.to().toEpochMilli();
      if (before != null) {
        // of the same millisecond, syncs of a smaller name are still to come
        long cursor = before.requested().toEpochMilli();
        end = Math.min(end, sync.compareTo(before.sync()) < 0 ? cursor + 1 : cursor);
      }
      int found = Arrays.binarySearch(part.times, 0, part.size, end);
      this.at = found >= 0 ? found : -found - 1;
    }

    RunId head() {
      if (head == null) {
        throw new IllegalStateException("Nothing is left.");
      }
      return head;
    }

    boolean next() {
      while (--at >= 0 && part.times[at] >= filter.from().toEpochMilli()) {
        if (filter.statuses().isEmpty()
            || filter.statuses().contains(STATUSES.get(part.statuses[at]))) {
          head = new RunId(sync, Instant.ofEpochMilli(part.times[at]));
          return true;
        }
      }
      return false;
    }
  }

  /** Never changed once it is handed out: {@link Series} replaces it or appends behind its size. */
  private static final class Part {
    final long[] times;
    final byte[] statuses;
    final int size;

    Part(long[] times, byte[] statuses, int size) {
      this.times = times;
      this.statuses = statuses;
      this.size = size;
    }
  }

  /** One sync's reports, the oldest first. */
  private static final class Series {
    private Part part = new Part(new long[16], new byte[16], 0);

    synchronized Part copy() {
      return part;
    }

    synchronized int size() {
      return part.size;
    }

    synchronized boolean has(Instant time) {
      return Arrays.binarySearch(part.times, 0, part.size, time.toEpochMilli()) >= 0;
    }

    synchronized boolean add(Instant time, RunStatus status) {
      long millis = time.toEpochMilli();
      int found = Arrays.binarySearch(part.times, 0, part.size, millis);
      if (found >= 0) {
        return false;
      }
      int place = -found - 1;
      boolean last = place == part.size && part.size < part.times.length;
      int room = last ? part.times.length : Math.max(16, part.size + 1 + part.size / 4);
      long[] times = last ? part.times : Arrays.copyOf(part.times, room);
      byte[] statuses = last ? part.statuses : Arrays.copyOf(part.statuses, room);
      if (place < part.size) {
        System.arraycopy(part.times, place, times, place + 1, part.size - place);
        System.arraycopy(part.statuses, place, statuses, place + 1, part.size - place);
      }
      times[place] = millis;
      statuses[place] = (byte) STATUSES.indexOf(status);
      part = new Part(times, statuses, part.size + 1);
      return true;
    }

    synchronized void retain(String sync, Set<RunId> stored, long until) {
      long[] times = new long[part.times.length];
      byte[] statuses = new byte[part.times.length];
      int size = 0;
      for (int i = 0; i < part.size; i++) {
        if (part.times[i] > until
            || stored.contains(new RunId(sync, Instant.ofEpochMilli(part.times[i])))) {
          times[size] = part.times[i];
          statuses[size++] = part.statuses[i];
        }
      }
      part = new Part(times, statuses, size);
    }
  }
}

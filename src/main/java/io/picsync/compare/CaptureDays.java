package io.picsync.compare;

import io.picsync.archive.Picture;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The days of a run's pictures: grows folder by folder, and day by day only, so it is small however
 * many pictures there are. Thread-safe.
 */
public final class CaptureDays {
  private record Key(String tree, long day) {}

  /**
   * A picture that the destination lacks.
   *
   * @param time as {@link CaptureTime} counts; midnight where only the day is known
   */
  public record MissingPicture(String path, long time) {}

  private final Map<Key, CaptureDay> days = new HashMap<>();
  private final Map<Long, MissingPicture> oldest = new HashMap<>();
  private final Map<Long, Integer> settled = new HashMap<>();

  /**
   * Adds a folder.
   *
   * @param captured its pictures, of either side
   * @param missing those that the destination lacks
   */
  void add(String folder, Collection<Picture> captured, Collection<Picture> missing) {
    if (captured.isEmpty()) {
      return;
    }
    String any = folder.isEmpty() ? "" : folder + "/";
    String tree = CaptureTime.tree(any);
    OptionalLong dayOfFolder = CaptureTime.day(any);
    long[] times = new long[captured.size()];
    int known = 0;
    int untimed = 0;
    for (Picture picture : captured) {
      OptionalLong time = CaptureTime.ofName(picture.name());
      if (time.isPresent()) {
        times[known++] = time.getAsLong();
      } else {
        untimed++;
      }
    }
    Arrays.sort(times, 0, known);
    addTimed(tree, times, known);
    if (untimed > 0 && dayOfFolder.isPresent()) {
      addUntimed(new Key(tree, dayOfFolder.getAsLong()), untimed);
    }
    missing.forEach(this::addMissing);
  }

  private void addTimed(String tree, long[] times, int known) {
    int from = 0;
    while (from < known) {
      long day = Math.floorDiv(times[from], CaptureTime.DAY);
      int to = from + 1;
      while (to < known && Math.floorDiv(times[to], CaptureTime.DAY) == day) {
        to++;
      }
      CaptureDay of = CaptureDay.of(times, from, to);
      synchronized (this) {
        days.merge(new Key(tree, day), of, CaptureDay::plus);
      }
      from = to;
    }
  }

  private synchronized void addUntimed(Key key, int count) {
    days.merge(key, new CaptureDay(count, 0, 0, CaptureTime.DAY, 0, 0), CaptureDay::plus);
  }

  private synchronized void addMissing(Picture picture) {
    String path = picture.path();
    OptionalLong day = CaptureTime.day(path);
    if (day.isPresent()) {
      change(path, day.getAsLong(), 1);
      long time = CaptureTime.ofName(path).orElse(day.getAsLong() * CaptureTime.DAY);
      oldest.merge(
          day.getAsLong(),
          new MissingPicture(path, time),
          (one, other) -> one.time() <= other.time() ? one : other);
    }
  }

  private void change(String path, long day, int missing) {
    days.merge(
        new Key(CaptureTime.tree(path), day),
        CaptureDay.NONE.withMissing(missing),
        (known, more) -> known.withMissing(missing));
  }

  /** A picture that was missing is at the destination now, or gone from the source. */
  public synchronized void settle(String path) {
    OptionalLong day = CaptureTime.day(path);
    if (day.isPresent()) {
      change(path, day.getAsLong(), -1);
      settled.merge(day.getAsLong(), 1, Integer::sum);
    }
  }

  /** All days, counted from 1970-01-01. */
  public synchronized SortedMap<Long, CaptureDay> days() {
    SortedMap<Long, CaptureDay> all = new TreeMap<>();
    days.forEach((key, day) -> all.merge(key.day(), day, CaptureDay::beside));
    return all;
  }

  /**
   * The oldest picture that was missing on the oldest day that still lacks one.
   *
   * @return empty when no day lacks any
   */
  public synchronized Optional<MissingPicture> oldestMissing() {
    return days().entrySet().stream()
        .filter(day -> day.getValue().missing() > 0)
        .findFirst()
        .map(day -> oldest.get(day.getKey()));
  }

  /** Whether pictures that were missing on that picture's day are missing no longer. */
  public synchronized boolean isPartlySettled(MissingPicture picture) {
    return settled.containsKey(Math.floorDiv(picture.time(), CaptureTime.DAY));
  }
}

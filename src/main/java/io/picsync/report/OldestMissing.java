package io.picsync.report;

import io.picsync.compare.CaptureDays;
import io.picsync.compare.CaptureTime;
import io.picsync.lists.ListReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The oldest picture that the destination lacks after a run.
 *
 * @param captured the camera's local time, {@code 2011-07-14T15:30:10}
 */
public record OldestMissing(String path, String captured) {
  private static final Set<String> SETTLED = Set.of("transferred", "alreadyThere", "vanished");

  /**
   * Looks into the lists only when the run transferred some pictures of that day and not all; keeps
   * the pictures of that one day in memory.
   *
   * @param missing the run's missing list, null for none
   * @param outcomes the run's outcome list, null for none
   */
  static Optional<OldestMissing> of(
      CaptureDays days, @Nullable Path missing, @Nullable Path outcomes) throws IOException {
    Optional<CaptureDays.MissingPicture> oldest = days.oldestMissing();
    if (oldest.isEmpty() || !days.isPartlySettled(oldest.get())) {
      return oldest.map(OldestMissing::of);
    }
    long day = Math.floorDiv(oldest.get().time(), CaptureTime.DAY);
    Map<String, Long> left = new HashMap<>();
    if (missing != null) {
      try (ListReader list = new ListReader(missing)) {
        for (Optional<Map<String, String>> line = list.next();
            line.isPresent();
            line = list.next()) {
          String path = line.get().getOrDefault("path", "");
          OptionalLong of = CaptureTime.day(path);
          if (of.isPresent() && of.getAsLong() == day) {
            left.put(path, CaptureTime.ofName(path).orElse(day * CaptureTime.DAY));
          }
        }
      }
    }
    if (outcomes != null) {
      try (ListReader list = new ListReader(outcomes)) {
        for (Optional<Map<String, String>> line = list.next();
            line.isPresent();
            line = list.next()) {
          if (SETTLED.contains(line.get().getOrDefault("outcome", ""))) {
            left.remove(line.get().getOrDefault("path", ""));
          }
        }
      }
    }
    return left.entrySet().stream()
        .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> of(new CaptureDays.MissingPicture(entry.getKey(), entry.getValue())));
  }

  private static OldestMissing of(CaptureDays.MissingPicture picture) {
    return new OldestMissing(
        picture.path(),
        LocalDateTime.ofEpochSecond(picture.time(), 0, ZoneOffset.UTC)
            .format(java.time.format.DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")));
  }
}

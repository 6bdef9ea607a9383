package io.picsync.archive;

import java.util.EnumMap;
import java.util.Map;

/** How many files were ignored for which reason. Immutable; a reason without files is absent. */
public record Ignored(Map<IgnoredReason, Long> counts) {
  public static final Ignored NONE = new Ignored(Map.of());

  public Ignored {
    counts = Map.copyOf(counts);
  }

  public Ignored plus(Ignored other) {
    if (other.counts.isEmpty()) {
      return this;
    }
    EnumMap<IgnoredReason, Long> sum = new EnumMap<>(IgnoredReason.class);
    sum.putAll(counts);
    other.counts.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return new Ignored(sum);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

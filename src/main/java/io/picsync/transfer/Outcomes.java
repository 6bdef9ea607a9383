package io.picsync.transfer;

import io.picsync.archive.Stored;
import io.picsync.lists.Lines;
import io.picsync.lists.ListWriter;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcomes of a run's planned pictures. Thread-safe. */
public final class Outcomes implements AutoCloseable {
  private static final int LINES_AT_ONCE = 1000;
  private static final int EXAMPLES = 5;

  private final ListWriter list;
  private final Clock clock;
  private final Map<Outcome.Kind, Long> counts = new EnumMap<>(Outcome.Kind.class);
  private final List<Outcome> damagedExamples = new ArrayList<>();
  private long damaged;
  private final Map<Stored, Long> verified = new EnumMap<>(Stored.class);
  private Lines lines = new Lines();
  private long planned;
  private long plannedBytes;
  private long bytes;
  private @Nullable Instant began;
  private @Nullable Instant ended;

  Outcomes(Path lists, Run run, Clock clock) {
    this.list = new ListWriter(lists.resolve(run.sync()).resolve(run.id() + ".outcomes.jsonl.gz"));
    this.clock = clock;
  }

  synchronized void begin(long pictures, long size) {
    planned = pictures;
    plannedBytes = size;
    began = clock.instant();
  }

  synchronized void add(Outcome outcome) throws IOException {
    if (ended != null) {
      throw new IllegalStateException("An outcome came after the end: " + outcome);
    }
    counts.merge(outcome.kind(), 1L, Long::sum);
    bytes += outcome.bytes();
    noteDamage(outcome);
    if (outcome.stored() != null) {
      verified.merge(outcome.stored(), 1L, Long::sum);
    }
    lines.add(
        json -> {
          json.writeStringField("path", outcome.path());
          json.writeStringField("outcome", outcome.kind().key());
          if (!outcome.reason().isEmpty()) {
            json.writeStringField("reason", outcome.reason());
          }
          if (!outcome.damaged().isEmpty()) {
            json.writeStringField("damaged", outcome.damaged());
          }
        });
    if (lines.count() >= LINES_AT_ONCE) {
      flush();
    }
  }

  private void noteDamage(Outcome outcome) {
    if (!outcome.damaged().isEmpty()) {
      damaged++;
      if (damagedExamples.size() < EXAMPLES) {
        damagedExamples.add(outcome);
      }
    }
  }

  private void flush() throws IOException {
    list.append(lines);
    lines = new Lines();
  }

  synchronized void end() {
    if (ended == null) {
      ended = clock.instant();
    }
  }

  /** Removes the list of a run whose report can't be stored. */
  public void withdrawList() throws IOException {
    list.withdraw();
  }

  /** Removes a list that was never published. */
  @Override
  public void close() throws IOException {
    list.discard();
  }

  public synchronized long count(Outcome.Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  public synchronized long planned() {
    return planned;
  }

  public synchronized long plannedBytes() {
    return plannedBytes;
  }

  /** Whether the missing list was taken as the work list. */
  public synchronized boolean isBegun() {
    return began != null;
  }

  /** Planned pictures that nobody tried to store: still being written, or without an outcome. */
  public synchronized long notAttempted() {
    return without() + count(Outcome.Kind.UNSETTLED);
  }

  /** Planned pictures without an outcome: the run ended before their turn. */
  synchronized long without() {
    return planned - counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Transferred pictures that were verified by a digest of the server's. */
  public synchronized long hashed() {
    return verified.getOrDefault(Stored.HASHED, 0L);
  }

  /** Transferred pictures that were fetched again and came back as they were sent. */
  public synchronized long readBack() {
    return verified.getOrDefault(Stored.READ_BACK, 0L);
  }

  /** Pictures that are damaged at the source, and at the destination alike. */
  public synchronized long damaged() {
    return damaged;
  }

  /** The first few of them. */
  public synchronized List<Outcome> damagedExamples() {
    return List.copyOf(damagedExamples);
  }

  /** Bytes stored. */
  public synchronized long bytes() {
    return bytes;
  }

  public synchronized double seconds() {
    if (began == null) {
      return 0;
    }
    Instant until = ended == null ? clock.instant() : ended;
    return (until.toEpochMilli() - began.toEpochMilli()) / 1000.0;
  }

  /** The list's file; empty when nothing was planned. */
  public synchronized Optional<Path> publish() throws IOException {
    flush();
    return list.publish();
  }
}

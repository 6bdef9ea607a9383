package io.picsync.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.sync.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of the stored reports, built in the background at start and kept current: told of each
 * report that this picsync stores, and looking now and then for what others did in the folder (a
 * one-shot command, the bundling). A file that can't be used is named and passed over. Thread-safe.
 */
final class ReportCatalog extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(ReportCatalog.class);
  private static final Duration LOOK = Duration.ofSeconds(15);
  private static final int EXAMPLES = 20;
  private static final int SUMMARIES = 4000;

  /** The history of a sync reads back at most so many reports that compared nothing. */
  private static final int LOOKS = 3 * History.TREND;

  private final StoredReports stored;
  private final ReportIndex index = new ReportIndex();
  private final Map<String, History> histories = new ConcurrentHashMap<>();
  private final Map<String, FileTime> seen = new ConcurrentHashMap<>();
  private final Map<String, String> passedOver = Collections.synchronizedMap(new TreeMap<>());
  private final Map<RunId, byte[]> summaries =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<RunId, byte[]> eldest) {
              return size() > SUMMARIES;
            }
          });
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "api-index");
            made.setDaemon(true);
            return made;
          });
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean ready;

  ReportCatalog(StoredReports stored) {
    this.stored = stored;
  }

  @Override
  protected void doStart() {
    thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    thread.shutdownNow();
  }

  ReportIndex index() {
    return index;
  }

  boolean isReady() {
    return ready;
  }

  /** Another number whenever something is known that was not before. */
  long changes() {
    return changes.get();
  }

  History history(String sync) {
    return histories.getOrDefault(sync, History.NONE);
  }

  /** By file, with the reason. */
  Map<String, String> passedOver() {
    synchronized (passedOver) {
      return new TreeMap<>(passedOver);
    }
  }

  static int examples() {
    return EXAMPLES;
  }

  /** A report was stored by this picsync. */
  void stored(RunId run) {
    try {
      Optional<JsonNode> report = stored.json(run);
      if (report.isPresent()) {
        add(run, report.get(), true);
      }
    } catch (IOException e) {
      LOG.warn("A report can't be read back. run={} why={}", run, e.toString());
    }
  }

  private synchronized boolean add(RunId run, JsonNode report, boolean isNewest)
      throws IOException {
    RunStatus status;
    try {
      status = RunStatus.valueOf(report.path("status").asText());
    } catch (IllegalArgumentException e) {
      throw new IOException("its status is unknown", e);
    }
    if (!index.add(run, status)) {
      return false;
    }
    if (isNewest) {
      String summary = Summary.of(report, false).toString();
      histories.merge(
          run.sync(),
          History.NONE.plus(report, summary),
          (before, first) -> before.plus(report, summary));
    }
    changes.incrementAndGet();
    return true;
  }

  /** One look at all folders that changed since the last one. */
  private void look() {
    try {
      List<String> changed = new ArrayList<>();
      List<String> known = List.copyOf(index.syncs()); // first: a new one has its folder by then
      List<String> syncs = stored.syncs();
      known.stream().filter(sync -> !syncs.contains(sync)).forEach(this::forgetAll);
      for (String sync : syncs) {
        FileTime time = Files.getLastModifiedTime(stored.folder(sync));
        if (!time.equals(seen.put(sync, time))) {
          changed.add(sync);
        }
      }
      synchronized (summaries) {
        summaries.keySet().removeIf(run -> changed.contains(run.sync())); // bundled, or gone
      }
      for (String sync : changed) {
        recent(sync);
      }
      for (String sync : changed) {
        rest(sync);
      }
      if (!ready) {
        LOG.info(
            "The reports are indexed. reports={} passedOver={}", index.size(), passedOver.size());
      }
    } catch (NoSuchFileException e) {
      LOG.debug("There is no reports folder, or it went.", e);
    } catch (IOException | RuntimeException e) {
      seen.clear(); // all is looked at again
      LOG.warn("The reports folder can't be looked at. why={}", e.toString());
    }
    ready = true;
  }

  /** Somebody deleted the folder of a sync. */
  private void forgetAll(String sync) {
    seen.remove(sync);
    forget(sync);
    histories.remove(sync);
    index.forget(sync);
    synchronized (summaries) {
      summaries.keySet().removeIf(run -> run.sync().equals(sync));
    }
    changes.incrementAndGet();
  }

  private void forget(String sync) {
    synchronized (passedOver) {
      passedOver.keySet().removeIf(file -> file.startsWith(sync + "/"));
    }
  }

  private void passOver(Path file, String why) {
    String name = file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
    if (passedOver.put(name, why) == null) {
      LOG.warn("A file among the reports is passed over. file={} why={}", name, why);
    }
  }

  /** The newest ones first: they are what is looked at. */
  private void recent(String sync) throws IOException {
    forget(sync);
    Optional<RunId> known = index.newest(sync);
    List<JsonNode> newest = new ArrayList<>();
    int compared = 0;
    for (RunId run : stored.runs(sync, this::passOver).descendingSet()) {
      if (compared >= History.TREND || newest.size() >= LOOKS) {
        break;
      }
      Optional<JsonNode> report = read(run);
      if (report.isPresent()) {
        add(run, report.get(), false);
        newest.add(report.get());
        compared += report.get().hasNonNull("compared") ? 1 : 0;
      }
    }
    History history = History.NONE;
    for (int i = newest.size() - 1; i >= 0; i--) {
      history = history.plus(newest.get(i), Summary.of(newest.get(i), false).toString());
    }
    synchronized (this) {
      // unless a report came meanwhile; it was added to the history that is there
      Optional<RunId> now = index.newest(sync);
      boolean isNewest =
          newest.isEmpty() ? now.equals(known) : now.map(RunId::toString).equals(id(newest.get(0)));
      if (isNewest) {
        histories.put(sync, history);
        changes.incrementAndGet();
      }
    }
  }

  private static Optional<String> id(JsonNode report) {
    return Optional.of(report.path("run").asText());
  }

  private void rest(String sync) throws IOException {
    Optional<RunId> newest = index.newest(sync);
    NavigableSet<RunId> runs = stored.runs(sync, this::passOver);
    for (RunId run : runs.descendingSet()) {
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!index.has(run)) {
        Optional<JsonNode> report = read(run);
        if (report.isPresent()) {
          add(run, report.get(), false);
        }
      }
    }
    if (newest.isPresent()) {
      index.retain(sync, runs, newest.get());
    }
  }

  private Optional<JsonNode> read(RunId run) {
    try {
      return stored.json(run);
    } catch (IOException e) {
      Path file = stored.folder(run.sync()).resolve(run + ".json");
      passOver(file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }

  /** A report's {@link Summary} as JSON; empty when it is no longer there. */
  Optional<byte[]> summary(RunId run) throws IOException {
    byte[] known = summaries.get(run);
    if (known != null) {
      return Optional.of(known);
    }
    boolean bundled = !stored.isUnbundled(run);
    Optional<JsonNode> report = stored.json(run);
    if (report.isEmpty()) {
      return Optional.empty();
    }
    byte[] summary = Summary.of(report.get(), bundled).toString().getBytes(StandardCharsets.UTF_8);
    summaries.put(run, summary);
    return Optional.of(summary);
  }
}

package io.picsync.retention;

import io.picsync.delivery.Outbox;
import io.picsync.lists.WholeFile;
import io.picsync.report.Bundle;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.sync.Causes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.commons.io.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code routes/retention.camel.yaml}, as the bean {@code retention}. A report's own
 * file goes only when its bundle is whole, read back and synced; so at any moment each report is in
 * one of the two, or in both. Used by one thread.
 */
public final class RetentionSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RetentionSteps.class);

  /** So many reports of each sync stay files of their own: a run looks at those before it. */
  private static final int NEWEST = 50;

  private final StoredReports stored;
  private final Outbox outbox;
  private final Duration bundleAfter;
  private final Optional<Duration> deleteAfter;
  private final Clock clock;

  /**
   * @param reports the reports folder
   * @param bundleAfter how long a month must be over
   * @param deleteAfter empty to keep all for ever
   */
  public RetentionSteps(
      Path reports,
      Outbox outbox,
      Duration bundleAfter,
      Optional<Duration> deleteAfter,
      Clock clock) {
    this.stored = new StoredReports(reports);
    this.outbox = outbox;
    this.bundleAfter = bundleAfter;
    this.deleteAfter = deleteAfter;
    this.clock = clock;
  }

  /** The months that are old enough, with the reports that are still files of their own. */
  public List<Bundling> due() throws IOException {
    List<Bundling> due = new ArrayList<>();
    for (String sync : stored.syncs()) {
      try {
        due.addAll(due(sync));
      } catch (IOException e) { // of this sync only
        LOG.warn(
            "Reports were not bundled; it is tried again in an hour. sync={} why={}",
            sync,
            Causes.message(e));
      }
    }
    return due;
  }

  private List<Bundling> due(String sync) throws IOException {
    Map<YearMonth, NavigableSet<RunId>> months = new TreeMap<>();
    for (RunId run : old(sync)) {
      if (isOver(run.month(), bundleAfter) && outbox.isDone(run)) {
        months.computeIfAbsent(run.month(), month -> new TreeSet<>()).add(run);
      }
    }
    List<Bundling> due = new ArrayList<>();
    months.forEach(
        (month, runs) ->
            due.add(new Bundling(sync, month, Bundle.file(stored.folder(sync), month), runs)));
    return due;
  }

  private NavigableSet<RunId> old(String sync) throws IOException {
    NavigableSet<RunId> runs = new TreeSet<>(stored.unbundled(sync));
    for (int i = 0; i < NEWEST && !runs.isEmpty(); i++) {
      runs.pollLast();
    }
    return runs;
  }

  private boolean isOver(YearMonth month, Duration since) {
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return end.plus(since).isBefore(clock.instant());
  }

  /**
   * Writes the bundle under its temporary name, with what an older bundle of the month holds.
   *
   * @return the file
   */
  public File write(@Body Bundling month) throws IOException {
    Path part = WholeFile.part(month.target());
    Files.deleteIfExists(part); // of a killed one
    try (BundleWriter bundle = new BundleWriter(part)) {
      if (Files.exists(month.target())) {
        bundle.addAll(month.target());
      }
      NavigableSet<String> known = new TreeSet<>(names(month));
      for (RunId run : month.runs()) {
        for (Path file : files(month, run)) {
          if (!known.contains(String.valueOf(file.getFileName()))) {
            bundle.add(file);
          }
        }
      }
    }
    return part.toFile();
  }

  private static NavigableSet<String> names(Bundling month) throws IOException {
    return Files.exists(month.target())
        ? new TreeSet<>(Bundle.open(month.target()).names())
        : new TreeSet<>();
  }

  /** The report first, then its lists. */
  private static List<Path> files(Bundling month, RunId run) throws IOException {
    List<Path> files = new ArrayList<>();
    Path folder = month.target().resolveSibling("");
    files.add(folder.resolve(run + ".json"));
    try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, run + ".*.jsonl.gz")) {
      lists.forEach(files::add);
    }
    return files;
  }

  /** Compares an entry that was read back with the file that it is to stand for. */
  public void check(
      @Variable("month") Bundling month,
      @Header(Exchange.FILE_NAME) String name,
      @Body InputStream entry)
      throws IOException {
    Path file = month.target().resolveSibling(name);
    try (InputStream original = Files.newInputStream(file)) {
      if (!IOUtils.contentEquals(original, entry)) {
        throw new IOException("The entry " + name + " came back otherwise than it was written.");
      }
    } catch (NoSuchFileException e) {
      entry.transferTo(OutputStream.nullOutputStream()); // of the older bundle; its sum is checked
    }
    month.read().add(name);
  }

  /** Gives the bundle its name, and then lets go of the files that it stands for. */
  public void publish(@Variable("month") Bundling month) throws IOException {
    for (RunId run : month.runs()) {
      for (Path file : files(month, run)) {
        if (!month.read().contains(String.valueOf(file.getFileName()))) {
          throw new IOException("The bundle lacks " + file.getFileName() + ".");
        }
      }
    }
    WholeFile.publish(month.target());
    for (RunId run : month.runs()) {
      delete(month, run);
    }
    LOG.info(
        "Reports were bundled. sync={} month={} reports={} bundle={}",
        month.sync(),
        month.month(),
        month.runs().size(),
        month.target());
  }

  /** The report last: a list without one would be taken for that of a killed run, or stay. */
  private static void delete(Bundling month, RunId run) throws IOException {
    List<Path> files = files(month, run);
    Collections.reverse(files);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** Nothing was lost: the files are where they were. */
  public void failed(
      @Variable("month") Bundling month,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure)
      throws IOException {
    Files.deleteIfExists(WholeFile.part(month.target()));
    LOG.warn(
        "Reports were not bundled; it is tried again in an hour. sync={} month={} why={}",
        month.sync(),
        month.month(),
        Causes.message(failure));
  }

  /** Deletes what is older than {@code picsync.retention.delete-after}, if that is set. */
  public void delete() throws IOException {
    if (deleteAfter.isEmpty()) {
      return;
    }
    for (String sync : stored.syncs()) {
      try {
        delete(sync, deleteAfter.get());
      } catch (IOException e) { // of this sync only
        LOG.warn(
            "Old reports were not deleted; it is tried again in an hour. sync={} why={}",
            sync,
            Causes.message(e));
      }
    }
  }

  private void delete(String sync, Duration after) throws IOException {
    for (RunId run : stored.runs(sync, (file, why) -> {})) {
      Path bundle = Bundle.file(stored.folder(sync), run.month());
      if (Files.exists(bundle) && isOver(run.month(), after)) {
        Files.delete(bundle);
        LOG.info("A bundle was deleted, as configured. bundle={}", bundle);
      }
    }
    for (RunId run : old(sync)) {
      if (run.requested().plus(after).isBefore(clock.instant()) && outbox.isDone(run)) {
        Path target = Bundle.file(stored.folder(sync), run.month());
        delete(new Bundling(sync, run.month(), target, new TreeSet<>()), run);
        LOG.info("A report was deleted, as configured. run={}", run);
      }
    }
  }
}

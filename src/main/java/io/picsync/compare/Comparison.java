package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.lists.ListWriter;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the two archives of a run: grows folder by folder. Thread-safe. */
public final class Comparison implements AutoCloseable {
  private static final int EXAMPLES = 5;

  /**
   * A folder that could not be compared.
   *
   * @param side {@code source} or {@code destination}
   */
  public record UntrustedFolder(String path, String side, String reason) {}

  private final ListWriter missing;
  private final ListWriter differs;
  private final List<UntrustedFolder> examples = new ArrayList<>();
  private final CaptureDays days = new CaptureDays();
  private Classes classes = Classes.NONE;
  private Ignored ignoredAtSource = Ignored.NONE;
  private Ignored ignoredAtDestination = Ignored.NONE;
  private long begun;
  private long untrusted;
  private long atSourceOnly;
  private boolean sourceWhole = true;
  private long folders;
  private long cleaned;
  private final @Nullable Turn turn;

  /**
   * @param turn null where every folder is compared
   */
  Comparison(Path lists, Run run, @Nullable Turn turn) {
    this.turn = turn;
    Path folder = lists.resolve(run.sync());
    this.missing = new ListWriter(folder.resolve(run.id() + ".missing.jsonl.gz"));
    this.differs = new ListWriter(folder.resolve(run.id() + ".differs.jsonl.gz"));
  }

  synchronized void add(FolderComparison folder) throws IOException {
    missing.append(folder.missingLines());
    differs.append(folder.differsLines());
    classes = classes.plus(folder.classes());
    ignoredAtSource = ignoredAtSource.plus(folder.ignoredAtSource());
    ignoredAtDestination = ignoredAtDestination.plus(folder.ignoredAtDestination());
    folders++;
    if (turn != null) {
      turn.compared(folder);
    }
  }

  /** The days of its pictures. */
  public CaptureDays days() {
    return days;
  }

  /** One of its sides was untrusted, or both. */
  synchronized void addUntrusted(UntrustedFolder folder) {
    untrusted++;
    if (turn != null) {
      turn.untrusted(folder.path());
    }
    if (examples.size() < EXAMPLES) {
      examples.add(folder);
    }
  }

  /**
   * What the source has in an untrusted folder.
   *
   * @param source null where it is the source that could not list it
   */
  synchronized void addAtSource(Selection.@Nullable Selected source) {
    if (source == null) {
      sourceWhole = false;
    } else {
      atSourceOnly += source.pictures().size();
      sourceWhole &= source.folders().isEmpty(); // those below it are not looked at
    }
  }

  /** Those of the folders that are to be compared in this run. */
  List<Folder> due(List<Folder> all) {
    return turn == null ? all : all.stream().filter(folder -> !turn.leavesOut(folder)).toList();
  }

  /** What this run does not compare, because its turn has not come. */
  public LeftOut leftOut() {
    return turn == null ? LeftOut.NOTHING : turn.leftOut();
  }

  /** A folder was given to the route. */
  synchronized void begin() {
    begun++;
  }

  /**
   * Makes the lists visible.
   *
   * @param whole whether the run came to all folders
   * @throws IllegalStateException when a folder was given to the route and never came back: it
   *     would be missing from the figures without a word
   */
  synchronized void end(boolean whole) throws IOException {
    if (begun != folders + untrusted) {
      throw new IllegalStateException(
          "%d folders were to be compared, %d were, %d are untrusted: the route loses folders."
              .formatted(begun, folders, untrusted));
    }
    missing.publish();
    differs.publish();
    if (turn != null) {
      turn.end(whole);
    }
  }

  /** Removes lists that were never published. */
  @Override
  public void close() throws IOException {
    missing.discard();
    differs.discard();
  }

  /** Removes the lists of a run whose report can't be stored. */
  public void withdrawLists() throws IOException {
    missing.withdraw();
    differs.withdraw();
  }

  public synchronized Classes classes() {
    return classes;
  }

  public synchronized Ignored ignoredAtSource() {
    return ignoredAtSource;
  }

  public synchronized Ignored ignoredAtDestination() {
    return ignoredAtDestination;
  }

  /** Folders compared on both sides. */
  public synchronized long folders() {
    return folders;
  }

  synchronized void addCleaned() {
    cleaned++;
  }

  /** Temporary files of killed runs that were removed at the destination. */
  synchronized long cleaned() {
    return cleaned;
  }

  public synchronized long untrusted() {
    return untrusted;
  }

  /** Pictures of the source in folders that only the destination could not list: in no class. */
  public synchronized long atSourceOnly() {
    return atSourceOnly;
  }

  /** Whether each folder of the source that a run came to was listed, and all those below it. */
  public synchronized boolean isSourceWhole() {
    return sourceWhole;
  }

  /** The first few. */
  public synchronized List<UntrustedFolder> untrustedExamples() {
    return List.copyOf(examples);
  }

  /** Empty while it is being written, and when nothing is missing. */
  public Optional<Path> missingList() throws IOException {
    return missing.publish();
  }

  public Optional<Path> differsList() throws IOException {
    return differs.publish();
  }
}

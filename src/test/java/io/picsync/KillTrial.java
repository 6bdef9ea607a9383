package io.picsync;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kills the packaged command at random instants while it brings one archive from a folder to a
 * destination, looks at what is visible after each kill, and lets a last run repair.
 */
final class KillTrial {
  private static final int DAYS = 5;
  private static final int PER_DAY = 24;
  private static final int SPOOLED = 40_000_000;
  private static final Pattern CLEANED = Pattern.compile("removed\\..* cleaned=(\\d+)");

  /**
   * The destination as picsync reaches it.
   *
   * @param environment with credentials and what is trusted
   * @param folder what its server really holds
   */
  record Destination(
      String address, Map<String, String> environment, Path folder, ServerSide server) {}

  /** What the trial asks of a server. */
  interface ServerSide {
    /** Gives what the trial put into the destination's folder to the server's user. */
    default void handOver() throws IOException {}

    /** Those of killed clients that it still works for included. */
    default long sessions() {
      return 0;
    }
  }

  private final Destination destination;
  private final Random random;
  private final Path source;
  private final Path reports;
  private final Path temporary;
  private final SortedMap<String, String> pictures;
  private final Map<String, Integer> phases = new TreeMap<>();
  private Duration whole = Duration.ZERO;
  private Duration transfer = Duration.ZERO;
  private int kills;
  private int repaired;
  private int cleaned;

  /**
   * @param folder of this trial's own
   */
  KillTrial(Path folder, Destination destination, long seed) throws IOException {
    this.destination = destination;
    this.random = new Random(seed);
    this.source = Files.createDirectory(folder.resolve("old"));
    this.reports = folder.resolve("reports");
    this.temporary = Files.createDirectory(folder.resolve("temporary"));
    Random sizes = new Random(seed);
    Trees.dayFolders(
        source, LocalDate.of(2011, 7, 14), DAYS, PER_DAY, i -> 1000 + sizes.nextInt(300_000));
    Trees.put(
        source,
        "raw/20110714/20110714120000.raw",
        Trees.picture(1000, SPOOLED),
        Instant.parse("2011-07-14T12:00:00Z"));
    this.pictures = Trees.snapshotWithTimes(source);
  }

  private PicsyncProcess start() throws IOException {
    PicsyncProcess.Builder builder =
        picsync(
                "sync",
                "-v",
                "--reports",
                reports.toString(),
                source.toString(),
                destination.address())
            .env("PICSYNC_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + temporary);
    destination.environment().forEach(builder::env);
    return builder.start();
  }

  /** Kills that often; after two to seven kills a run repairs. */
  void kill(int wanted) throws IOException, InterruptedException {
    prepare();
    long began = System.nanoTime();
    repair();
    whole = Duration.ofNanos(System.nanoTime() - began);
    while (kills < wanted) {
      prepare();
      int before = kills;
      for (int left = 2 + random.nextInt(6); left > 0 && kills < wanted; left--) {
        killOnce();
      }
      if (kills > before) {
        repair();
        repaired++;
        System.err.println("KillTrial: " + this);
      }
    }
  }

  /** Something else than picsync dies at a random instant; picsync itself ends, and says how. */
  void disturb(int times, Runnable disturbance) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      prepare();
      try (PicsyncProcess process = start()) {
        pause(process);
        disturbance.run();
        assertThat(process.await().code()).as(process.err()).isBetween(0, 2);
        assertNothingHalf();
      }
      repair();
      count("server killed");
    }
  }

  private void killOnce() throws IOException, InterruptedException {
    try (PicsyncProcess process = start()) {
      pause(process);
      if (process.isRunning()) {
        process.kill();
        kills++;
        count(phase(process.err()));
      }
      countCleaned(process.err());
      assertNothingHalf();
    }
  }

  /** A third anywhere, half from the comparison's end on, the rest when the report is due. */
  private void pause(PicsyncProcess process) throws IOException, InterruptedException {
    int where = random.nextInt(6);
    if (where >= 2) {
      String word = where < 5 ? "Compared." : "Transferred.";
      while (process.isRunning() && !process.err().contains(word)) {
        process.awaitAtMost(Duration.ofMillis(3));
      }
    }
    Duration longest = where < 2 ? whole : where < 5 ? transfer : whole.dividedBy(10);
    process.awaitAtMost(Duration.ofNanos((long) (longest.toNanos() * random.nextDouble())));
  }

  private static Duration between(String first, String second, String log) {
    return Duration.between(time(first, log), time(second, log));
  }

  private static Instant time(String word, String log) {
    return log.lines()
        .filter(line -> line.contains(word))
        .map(line -> Instant.parse(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static String phase(String log) {
    if (log.contains("Reported.")) {
      return "4 ends";
    }
    if (log.contains("Transferred.")) {
      return "3 report";
    }
    return log.contains("Compared.") ? "2 transfer" : "1 start, compare";
  }

  /** Temporary files at the destination and on this machine that a later process removed. */
  private void countCleaned(String log) {
    CLEANED.matcher(log).results().forEach(told -> cleaned += Integer.parseInt(told.group(1)));
  }

  private void count(String phase) {
    phases.merge(phase, 1, Integer::sum);
  }

  /** An archive that has a fifth of the pictures, and no past. */
  private void prepare() throws IOException {
    delete(reports);
    delete(destination.folder());
    Files.createDirectories(destination.folder());
    int number = 0;
    for (String path : pictures.keySet()) {
      if (number++ % 5 == 1) {
        Path from = source.resolve(path);
        Trees.put(
            destination.folder(),
            path,
            Files.readAllBytes(from),
            Files.getLastModifiedTime(from).toInstant());
      }
    }
    destination.server().handOver();
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Whatever is visible under a picture's name is that picture. */
  private void assertNothingHalf() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(destination.folder())) {
      files =
          all.filter(path -> !String.valueOf(path.getFileName()).startsWith("."))
              .filter(Files::isRegularFile)
              .toList();
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        assertNothingHalf(); // a temporary file went while the server's session still ended
        return;
      }
      throw e;
    }
    for (Path file : files) {
      String path = destination.folder().relativize(file).toString();
      assertThat(Files.mismatch(file, source.resolve(path)))
          .as("first wrong byte of %s", path)
          .isEqualTo(-1);
    }
  }

  /** One more run, once the server is at rest: all is there, and nothing else. */
  private void repair() throws IOException, InterruptedException {
    await().until(() -> destination.server().sessions() == 0);
    try (PicsyncProcess process = start()) {
      PicsyncProcess.Ended ended = process.await();
      assertThat(ended.code()).as(ended.all()).isZero();
      countCleaned(ended.err());
      if (transfer.isZero()) {
        transfer = between("Compared.", "Transferred.", ended.err());
      }
    }
    assertThat(Trees.snapshotWithTimes(destination.folder())).isEqualTo(pictures);
    assertThat(
            Trees.snapshot(temporary.resolve("picsync-spool-" + System.getProperty("user.name"))))
        .as("spool")
        .isEmpty();
    assertReportsWhole();
  }

  private void assertReportsWhole() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(reports)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    int locks = 0;
    int stored = 0;
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".json")) {
        StoredReport report = StoredReport.read(file);
        for (String list : List.of("missing", "differs", "outcomes")) {
          report.lines(list);
        }
        stored++;
      } else if (name.endsWith(".jsonl.gz")) {
        StoredReport.readLines(file);
        assertThat(file.resolveSibling(name.substring(0, name.indexOf('.')) + ".json"))
            .as("report of the list")
            .exists();
      } else if (!name.equals(".starting.lock")) { // which the next command takes
        assertThat(name).matches("\\.[0-9a-f]{8}\\.picsync\\.lock");
        locks++;
      }
    }
    assertThat(locks).as("processes at once").isEqualTo(1);
    assertThat(stored).as("reports").isPositive();
  }

  @Override
  public String toString() {
    return "kills=%d repaired=%d cleaned=%d whole=%s phases=%s"
        .formatted(kills, repaired, cleaned, whole, phases);
  }
}

package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What outlives a power failure, told by the system calls of the command: the bytes of a picture, a
 * report or a list are on the disk before it gets its name, and the name is on the disk thereafter.
 */
@RequiresDaemon("strace")
final class SyncOrderIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final List<String> PICTURES =
      List.of("20110714/a.jpg", "20110714/b.jpg", "20110715/deep/c.raw");

  private Path source;
  private Path destination;
  private Path reports;

  /** The calls of each thread by itself, in their order. */
  private List<List<String>> threads;

  @BeforeEach
  void traceOneSync(@TempDir Path temporary) throws Exception {
    Path folder = temporary.toRealPath();
    source = folder.resolve("source");
    destination = folder.resolve("destination");
    reports = folder.resolve("reports");
    for (String picture : PICTURES) {
      Trees.put(source, picture, Trees.picture(1, 50_000), TAKEN);
    }
    Path traces = Files.createDirectory(folder.resolve("traces"));
    Process process =
        new ProcessBuilder(
                "strace",
                "-ff",
                "-qq",
                "-y",
                "-s",
                "4096",
                "-e",
                "trace=fsync,fdatasync,link,linkat,rename,renameat,renameat2,mkdir,mkdirat",
                "-o",
                traces.resolve("thread").toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpicsync.home=" + System.getProperty("picsync.home"),
                "-cp",
                System.getProperty("java.class.path"),
                Picsync.class.getName(),
                "sync",
                source.toString(),
                destination.toString(),
                "--reports",
                reports.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    threads = new ArrayList<>();
    try (Stream<Path> files = Files.list(traces)) {
      for (Path file : files.sorted().toList()) {
        threads.add(Files.readAllLines(file));
      }
    }
  }

  @Test
  void bytesAreOnTheDiskBeforeTheNameAndTheNameThereafter() throws IOException {
    for (String picture : PICTURES) {
      isSyncedInOrder(destination.resolve(picture));
    }
    List<Path> stored;
    try (Stream<Path> files = Files.walk(reports)) {
      stored = files.filter(file -> file.toString().matches(".*(json|jsonl[.]gz)")).toList();
    }
    assertThat(stored).hasSize(3); // the report, the missing list, the outcome list
    stored.forEach(this::isSyncedInOrder);
    for (Path made : List.of(destination, destination.resolve("20110715/deep"))) {
      isSyncedAfterItWasMade(made);
    }
  }

  private void isSyncedInOrder(Path file) {
    String folder = "<" + file.getParent() + ">";
    List<String> calls = threadThatNamed(file);
    int named = indexOf(calls, 0, "\"" + file + "\"");
    String part = calls.get(named).replaceFirst("^[^\"]*\"([^\"]*)\".*", "$1");
    assertThat(part).startsWith(file.getParent() + "/.").isNotEqualTo(file.toString());
    assertThat(indexOf(calls, 0, "sync(", "<" + part + ">"))
        .as("fsync of %s before %s", part, calls.get(named))
        .isBetween(0, named - 1);
    assertThat(indexOf(calls, named, "sync(", folder))
        .as("fsync of %s after %s", folder, calls.get(named))
        .isGreaterThan(named);
  }

  private void isSyncedAfterItWasMade(Path folder) {
    List<String> calls = threadThatNamed(folder);
    int made = indexOf(calls, 0, "mkdir", "\"" + folder + "\"");
    assertThat(indexOf(calls, made, "sync(", "<" + folder.getParent() + ">"))
        .as("fsync of the folder above %s", folder)
        .isGreaterThan(made);
  }

  /** By link, rename or mkdir, with success. */
  private List<String> threadThatNamed(Path path) {
    return threads.stream()
        .filter(calls -> indexOf(calls, 0, "\"" + path + "\"") >= 0)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody named " + path));
  }

  /** Of the first call from there on that succeeded and holds these words; -1 for none. */
  private static int indexOf(List<String> calls, int from, String... words) {
    for (int i = from; i < calls.size(); i++) {
      if (calls.get(i).endsWith("= 0") && Stream.of(words).allMatch(calls.get(i)::contains)) {
        return i;
      }
    }
    return -1;
  }
}

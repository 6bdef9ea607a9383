package io.picsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.RunStatus;
import io.picsync.testing.Fault;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months of runs in minutes: one picsync, a camera's FTP server with faults now and then, a folder
 * and another FTP server; each run brings a picture or two. Nothing may grow with the number of
 * runs. Some hundred by default; {@code bench/soak} does 10,000.
 */
final class SoakIT {
  private static final int RUNS = Integer.getInteger("picsync.soak.runs", 600);
  private static final int SAMPLES = Integer.getInteger("picsync.soak.samples", 20);
  private static final Path TABLE = Path.of("target", "soak.tsv");
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final List<String> SYNCS = List.of("cam1-disk", "disk-copies", "disk-store");

  /** Pictures that an archive holds at a time, in day folders of ten. */
  private static final int KEPT = 40;

  /** Reports of a sync that are kept. */
  private static final int REPORTS = 20;

  private static final int PATIENCE_SECONDS = 120;

  private Path folder;
  private Path disk;
  private Path copies;
  private Path store;
  private ScriptedFtpServer camera;
  private int round;

  @BeforeEach
  void makeArchives(@TempDir Path temporary) throws IOException {
    folder = temporary;
    disk = Files.createDirectories(folder.resolve("disk"));
    copies = Files.createDirectories(folder.resolve("copies"));
    store = Files.createDirectories(folder.resolve("store"));
    camera = ScriptedFtpServer.start();
  }

  @AfterEach
  void stop() throws IOException {
    camera.close();
  }

  @Test
  void nothingGrowsWithTheNumberOfRuns() throws Exception {
    try (EmbeddedFtpServer other = EmbeddedFtpServer.start(store, "picsync", "secret");
        PicsyncContext picsync = start(other)) {
      List<SoakCurve> curves = curves();
      Map<RunStatus, Integer> ends = new EnumMap<>(RunStatus.class);
      List<String> table = new ArrayList<>();
      table.add(
          "runs\tseconds\t"
              + curves.stream().map(SoakCurve::name).collect(Collectors.joining("\t")));
      long began = System.nanoTime();
      int runs = 0;
      for (int sample = 1; sample <= SAMPLES; sample++) {
        while (runs < (long) RUNS * sample / SAMPLES) {
          runs += round(picsync, ends);
        }
        camera.clearCalls();
        System.gc();
        String line =
            "%d\t%.1f\t".formatted(runs, (System.nanoTime() - began) / 1e9)
                + curves.stream()
                    .map(curve -> Long.toString(curve.sample()))
                    .collect(Collectors.joining("\t"));
        table.add(line);
        Files.write(TABLE, table);
      }
      System.err.printf(
          "SoakIT: %d runs, %.1f ms each, %s; %s%n",
          runs, (System.nanoTime() - began) / 1e6 / runs, ends, TABLE);
      curves.forEach(curve -> System.err.println("SoakIT: " + curve));
      assertThat(runs).isGreaterThanOrEqualTo(RUNS);
      assertThat(ends.get(RunStatus.completed)).isGreaterThan(runs * 3 / 4);
      assertThat(ends).containsKey(RunStatus.cancelled);
      assertThat(curves).allMatch(SoakCurve::isFlat);
    }
  }

  private PicsyncContext start(EmbeddedFtpServer other) throws Exception {
    return PicsyncContext.at(folder.resolve("home"))
        .server("camera", camera)
        .server("disk", disk)
        .server("copies", copies)
        .server("store", other.uri(), "picsync", "secret")
        .set("picsync.transfer.memory", "2KB") // half of the pictures go through the spool
        .set("picsync.transfer.spool", folder.resolve("spool").toString())
        .sync("cam1-disk", "camera/cam1", "disk/cam1", "settle=0s", "alarmBelow=0")
        .sync("disk-copies", "disk/cam1", "copies/cam1", "settle=0s", "alarmBelow=0")
        .sync("disk-store", "disk/cam1", "store/cam1", "settle=0s", "alarmBelow=0")
        .start();
  }

  private List<SoakCurve> curves() {
    return List.of(
        new SoakCurve("heap", SAMPLES, 2 << 20, SoakIT::heap),
        new SoakCurve("metaspace", SAMPLES, 1 << 20, SoakIT::metaspace),
        new SoakCurve(
            "threads", SAMPLES, 3, () -> ManagementFactory.getThreadMXBean().getThreadCount()),
        new SoakCurve("handles", SAMPLES, 3, SoakIT::handles),
        new SoakCurve("temporary", SAMPLES, 0, this::temporaryFiles));
  }

  /** A picture is taken, an old one goes everywhere, and each sync runs once. */
  private int round(PicsyncContext picsync, Map<RunStatus, Integer> ends) throws Exception {
    takePicture();
    if (round % 7 == 0) {
      camera.fault("RETR", 1, Fault.reply("426 Connection closed; transfer aborted."));
    }
    if (round % 31 == 0) {
      camera.dropConnections();
    }
    List<Future<Run>> runs = new ArrayList<>();
    for (String sync : SYNCS) {
      runs.add(picsync.sync(sync).start(Mode.sync));
    }
    if (round % 23 == 0) {
      picsync.sync("disk-store").run().ifPresent(run -> run.cancel("The soak's operator."));
    }
    for (Future<Run> run : runs) {
      ends.merge(run.get(PATIENCE_SECONDS, TimeUnit.SECONDS).status(), 1, Integer::sum);
    }
    for (String sync : SYNCS) {
      keepReports(picsync.reports().resolve(sync));
    }
    return runs.size();
  }

  private void takePicture() throws IOException {
    round++;
    camera.put("cam1/" + path(round), Trees.picture(round, 1000 + round % 2 * 3000), TAKEN);
    if (round > KEPT) {
      String old = path(round - KEPT);
      camera.delete("cam1/" + old);
      for (Path archive : List.of(disk, copies, store)) {
        Files.deleteIfExists(archive.resolve("cam1").resolve(old));
      }
    }
  }

  /** The days come again after a while: what is learned of a folder is learned of few. */
  private static String path(int number) {
    return "201107%02d/%06d.jpg".formatted(10 + number / 10 % 20, number);
  }

  private static void keepReports(Path reports) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(reports)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    for (Path file : files.subList(0, Math.max(0, files.size() - REPORTS))) {
      String run = file.getFileName().toString().replace(".json", "");
      try (Stream<Path> all = Files.list(reports)) {
        for (Path of : all.filter(f -> f.getFileName().toString().startsWith(run)).toList()) {
          Files.delete(of);
        }
      }
    }
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }

  private static long handles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** Those of the archives, the spool and the reports, when no run is under way. */
  private long temporaryFiles() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.contains(".part") || name.endsWith(".spool"))
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.picsync.command;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.testing.PicsyncProcess.Ended;
import io.picsync.testing.RequiresDaemon;
import io.picsync.testing.Trees;
import io.picsync.testing.VsftpdServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as large as the real ones, between two real servers. */
@RequiresDaemon("vsftpd")
final class LargeVsftpdIT {
  private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");

  private final Path old;
  private final Path fresh;
  private final Path reports;

  LargeVsftpdIT(@TempDir Path old, @TempDir Path fresh, @TempDir Path reports) {
    this.old = old;
    this.fresh = fresh;
    this.reports = reports;
  }

  @Test
  void aDayOfOnePictureEveryTenSeconds() throws Exception {
    List<String> pictures = day(old, LocalDate.of(2011, 7, 14), 8640);

    syncs(pictures, 1080);
  }

  @Test
  void aYearAndMoreIn406DayFolders() throws Exception {
    List<String> pictures = new ArrayList<>(58_343);
    for (int day = 0; day < 406; day++) {
      pictures.addAll(day(old, LocalDate.of(2011, 7, 14).plusDays(day), day < 285 ? 144 : 143));
    }
    assertThat(pictures).hasSize(58_343);

    syncs(pictures, 7293);
  }

  private static List<String> day(Path root, LocalDate date, int pictures) throws IOException {
    int first = (int) (date.toEpochDay() % 1000) * 7;
    return Trees.dayFolders(root, date, 1, pictures, number -> 200 + (first + number) % 180);
  }

  /** Every eighth picture is missing at the destination. */
  private void syncs(List<String> pictures, int lacking) throws Exception {
    List<String> missing = new ArrayList<>();
    for (int number = 0; number < pictures.size(); number++) {
      String path = pictures.get(number);
      if (number % 8 == 3) {
        missing.add(path);
      } else {
        link(path);
      }
    }
    assertThat(missing).hasSize(lacking);
    SortedMap<String, String> own = ownOfTheDestination(pictures, missing);
    Map<String, String> before = Trees.snapshotWithTimes(fresh);
    try (VsftpdServer left = VsftpdServer.at(old).start();
        VsftpdServer right = VsftpdServer.at(fresh).start()) {
      JsonNode report = run(left, right, missing.size());

      assertThat(report.at("/result/source/files/count/total").asInt()).isEqualTo(pictures.size());
      assertThat(report.at("/result/destination/files/missing/count/total").asInt())
          .isEqualTo(missing.size());
      assertThat(report.at("/result/source/files/missing/count/total").asInt()).isEqualTo(200);
      assertThat(report.at("/result/differs/count/total").asInt()).isEqualTo(3);
      assertThat(Files.size(list(report)) / (double) missing.size()).isLessThanOrEqualTo(10);

      SortedMap<String, String> expected = Trees.snapshotWithTimes(old);
      expected.putAll(own);
      Map<String, String> after = Trees.snapshotWithTimes(fresh);
      assertThat(after.equals(expected)).as("the destination as expected").isTrue();
      assertThat(after).containsAllEntriesOf(before);

      JsonNode again = run(left, right, 0);
      assertThat(again.at("/result/intersect/count/total").asInt()).isEqualTo(pictures.size() - 3);
      assertThat(Trees.snapshotWithTimes(fresh).equals(after)).as("unchanged").isTrue();
    }
  }

  /** The same bytes and time, without writing them once more. */
  private void link(String path) throws IOException {
    Path target = fresh.resolve(path);
    Files.createDirectories(target.resolveSibling("."));
    Files.createLink(target, old.resolve(path));
  }

  /** 200 pictures of its own, and three that differ. */
  private SortedMap<String, String> ownOfTheDestination(List<String> pictures, List<String> missing)
      throws IOException {
    for (int number = 0; number < 200; number++) {
      String beside = pictures.get(number * pictures.size() / 200);
      Trees.put(
          fresh, beside.replace(".jpg", "-own.jpg"), Trees.picture(900_000 + number, 250), LATER);
    }
    List<String> differing =
        Stream.of(100, 4000, 8000).map(pictures::get).filter(p -> !missing.contains(p)).toList();
    assertThat(differing).hasSize(3);
    for (String path : differing) {
      Files.delete(fresh.resolve(path));
      Trees.put(fresh, path, Trees.picture(1, 77), LATER);
    }
    SortedMap<String, String> own = new TreeMap<>(Trees.snapshotWithTimes(fresh));
    own.keySet().removeIf(path -> !path.contains("-own") && !differing.contains(path));
    assertThat(own).hasSize(203);
    return own;
  }

  private JsonNode run(VsftpdServer left, VsftpdServer right, int transfers) throws Exception {
    Ended ended =
        picsync(
                "sync",
                left.uri().replace("//", "//" + left.user() + "@"),
                right.uri().replace("//", "//" + right.user() + "@"),
                "--reports",
                reports.toString())
            .env("PICSYNC_SOURCE_PASSWORD", left.password())
            .env("PICSYNC_DESTINATION_PASSWORD", right.password())
            .run();

    assertThat(ended.code()).as(ended.all()).isZero();
    assertThat(ended.out())
        .contains(
            transfers == 0
                ? "nothing to transfer"
                : "transferred %,d of %,d".formatted(transfers, transfers))
        .contains("nothing is missing");
    Path report = newest();
    assertThat(Files.size(report)).isLessThanOrEqualTo(4096);
    return new ObjectMapper().readTree(report.toFile());
  }

  private Path newest() throws IOException {
    try (Stream<Path> all =
        Files.find(reports, 3, (file, attributes) -> isReport(file, attributes))) {
      return all.max(Path::compareTo).orElseThrow();
    }
  }

  private static boolean isReport(Path file, BasicFileAttributes attributes) {
    return attributes.isRegularFile() && file.toString().endsWith(".json");
  }

  private Path list(JsonNode report) {
    return reports.resolve("command").resolve(report.at("/lists/missing").asText());
  }
}

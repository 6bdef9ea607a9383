package io.picsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.demo.DemoArchives.Count;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoArchivesTest {
  private static Path folder;
  private static DemoArchives demo;
  private static Map<String, Long> source;
  private static Map<String, Long> destination;

  @BeforeAll
  static void create(@TempDir Path made) throws IOException {
    folder = made;
    demo = DemoArchives.create(folder, 64, 36);
    source = pictures(folder.resolve("old/cam1/pictures"));
    destination = pictures(folder.resolve("new/cam1/pictures"));
  }

  @Test
  void factsAreWhatIsOnDisk() {
    assertThat(demo.source()).isEqualTo(count(source, path -> true));
    assertThat(demo.destination()).isEqualTo(count(destination, path -> true));
    assertThat(demo.inBoth())
        .isEqualTo(count(source, path -> Objects.equals(source.get(path), destination.get(path))));
    assertThat(demo.differs())
        .isEqualTo(
            count(
                source,
                path ->
                    destination.containsKey(path)
                        && !Objects.equals(source.get(path), destination.get(path))));
    assertThat(demo.missingInDestination())
        .isEqualTo(count(source, path -> !destination.containsKey(path)));
    assertThat(demo.missingInSource())
        .isEqualTo(count(destination, path -> !source.containsKey(path)));
  }

  @Test
  void bothSidesAddUp() {
    assertThat(demo.source().total())
        .isEqualTo(
            demo.inBoth().total() + demo.differs().total() + demo.missingInDestination().total());
    assertThat(demo.destination().total())
        .isEqualTo(demo.inBoth().total() + demo.differs().total() + demo.missingInSource().total());
    assertThat(demo.source().bytes())
        .isEqualTo(
            demo.inBoth().bytes() + demo.differs().bytes() + demo.missingInDestination().bytes());
  }

  @Test
  void eachClassOfTheComparisonHasPictures() {
    assertThat(demo.inBoth().jpg()).isEqualTo(112);
    assertThat(demo.inBoth().raw()).isEqualTo(3);
    assertThat(demo.differs().jpg()).isEqualTo(1);
    assertThat(demo.missingInDestination().jpg()).isEqualTo(25);
    assertThat(demo.missingInDestination().raw()).isEqualTo(5);
    assertThat(demo.missingInSource().jpg()).isEqualTo(6);
  }

  @Test
  void unfinishedUploadAndWorkingCopyLieAtTheSourceOnly() throws IOException {
    assertThat(ignored(folder.resolve("old")))
        .containsExactly(".20110715220000.jpg.part", "process-20110715120000.jpg");
    assertThat(ignored(folder.resolve("new"))).isEmpty();
    assertThat(demo.ignoredTemporary() + demo.ignoredProcess()).isEqualTo(2);
  }

  @Test
  void modifiedTimeIsTheCaptureTimeInUtc() throws IOException {
    Path picture = folder.resolve("old/cam1/pictures/20110714/20110714153000.jpg");
    Path raw = folder.resolve("new/cam1/pictures/raw/20110715/20110715140000.raw");

    assertThat(picture).doesNotExist();
    assertThat(Files.getLastModifiedTime(picture.resolveSibling("20110714154000.jpg")).toInstant())
        .isEqualTo(Instant.parse("2011-07-14T15:40:00Z"));
    assertThat(Files.getLastModifiedTime(raw).toInstant())
        .isEqualTo(Instant.parse("2011-07-15T14:00:00Z"));
  }

  @Test
  void existingArchivesAreNotTouched(@TempDir Path other) throws IOException {
    Files.createDirectories(other.resolve("new"));

    assertThatThrownBy(() -> DemoArchives.create(other))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("name an empty folder");
    assertThat(other.resolve("old")).doesNotExist();
  }

  private static Map<String, Long> pictures(Path archive) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!isIgnored(name(file))) {
          sizes.put(archive.relativize(file).toString(), Files.size(file));
        }
      }
    }
    return sizes;
  }

  private static Stream<String> ignored(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .map(DemoArchivesTest::name)
          .filter(DemoArchivesTest::isIgnored)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static boolean isIgnored(String name) {
    return name.startsWith(".") || name.startsWith("process-");
  }

  private static Count count(Map<String, Long> sizes, Predicate<String> which) {
    long jpg = sizes.keySet().stream().filter(which).filter(p -> p.endsWith(".jpg")).count();
    long raw = sizes.keySet().stream().filter(which).filter(p -> p.endsWith(".raw")).count();
    long bytes = sizes.keySet().stream().filter(which).mapToLong(sizes::get).sum();
    return new Count(jpg, raw, bytes);
  }
}

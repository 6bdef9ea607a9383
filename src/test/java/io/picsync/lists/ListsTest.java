package io.picsync.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines, their writer and their reader. */
final class ListsTest {
  private Path folder;
  private Path target;
  private ListWriter writer;

  @BeforeEach
  void make(@TempDir Path made) {
    folder = made.resolve("reports/source1");
    target = folder.resolve("run.missing.jsonl.gz");
    writer = new ListWriter(target);
  }

  private static Lines lines(String... paths) throws IOException {
    Lines lines = new Lines();
    for (String path : paths) {
      lines.add(
          json -> {
            json.writeStringField("path", path);
            json.writeNumberField("size", path.length());
          });
    }
    return lines;
  }

  private static List<Map<String, String>> read(Path file) throws IOException {
    List<Map<String, String>> lines = new ArrayList<>();
    try (ListReader reader = new ListReader(file)) {
      for (Optional<Map<String, String>> line = reader.next();
          line.isPresent();
          line = reader.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }

  private List<Path> files() throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Test
  void linesComeBackAsTheyWereWritten() throws IOException {
    String[] hostile = {
      "20110714/a.jpg", "two\nlines\r.jpg", "\"quoted\"\\.jpg", "äöü 日本.jpg", "\u0001\u007f", ""
    };
    writer.append(lines(hostile));
    writer.publish();

    assertThat(read(target))
        .extracting(line -> line.get("path"))
        .containsExactlyElementsOf(Arrays.asList(hostile));
    assertThat(read(target).get(0)).containsEntry("size", "14").hasSize(2);
  }

  @Test
  void listIsOneJsonObjectALine() throws IOException {
    writer.append(lines("a.jpg"));
    writer.append(lines("b.jpg", "two\nlines.jpg"));
    Path file = writer.publish().orElseThrow();

    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(
              """
              {"path":"a.jpg","size":5}
              {"path":"b.jpg","size":5}
              {"path":"two\\nlines.jpg","size":13}
              """);
    }
    assertThat(writer.lines()).isEqualTo(3);
  }

  @Test
  void nothingIsVisibleBeforeItIsPublished() throws IOException {
    writer.append(lines("a.jpg"));
    assertThat(files()).hasSize(1).allMatch(file -> file.getFileName().toString().startsWith("."));

    assertThat(writer.publish()).contains(target);
    assertThat(files()).containsExactly(target);
    assertThat(writer.publish()).as("a second time").contains(target);
  }

  @Test
  void listWithoutLinesIsNoFile() throws IOException {
    writer.append(new Lines());

    assertThat(writer.publish()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void stragglerIsRefusedAndNothingToAddIsNone() throws IOException {
    writer.append(lines("a.jpg"));
    writer.publish();

    assertThatThrownBy(() -> writer.append(lines("b.jpg")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    writer.append(new Lines());
    assertThat(read(target)).hasSize(1);
  }

  @Test
  void discardedListLeavesNothing() throws IOException {
    writer.append(lines("a.jpg"));
    writer.discard();

    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> writer.append(lines("b.jpg")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void publishedListIsNotDiscarded() throws IOException {
    writer.append(lines("a.jpg"));
    writer.publish();
    writer.discard();

    assertThat(read(target)).hasSize(1);
  }

  @Test
  void withdrawnListLeavesNothingPublishedOrNot() throws IOException {
    writer.append(lines("a.jpg"));
    writer.publish();
    writer.withdraw();
    assertThat(files()).isEmpty();

    ListWriter unpublished = new ListWriter(target);
    unpublished.append(lines("a.jpg"));
    unpublished.withdraw();
    assertThat(files()).isEmpty();
  }

  @Test
  void folderThatCanNotBeMadeIsToldWithTheList() throws IOException {
    Files.createDirectories(folder.resolve("..").normalize());
    Files.writeString(folder, "a file in the way");

    assertThatThrownBy(() -> writer.append(lines("a.jpg")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(target.toString());
  }

  @Test
  void cutListIsNotReadAsAShortOne() throws IOException {
    String[] paths = new String[5000];
    Arrays.setAll(paths, i -> "20110714/%d.jpg".formatted(i * 7919L % 100_003));
    writer.append(lines(paths));
    writer.publish();
    byte[] whole = Files.readAllBytes(target);
    Files.write(target, Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> read(target)).isInstanceOf(EOFException.class);
  }

  @Test
  void listOfSomethingElseIsRefused() throws IOException {
    Files.createDirectories(folder);
    try (var out = new GZIPOutputStream(Files.newOutputStream(target))) {
      out.write("[1,2]".getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> read(target)).hasMessageContaining("something else than objects");
  }

  @Test
  void wholeFileReplacesAnOlderOneAndLeavesNoTemporaryOne() throws IOException {
    Path file = folder.resolve("run.json");
    WholeFile.write(file, new byte[] {1});
    WholeFile.write(file, new byte[] {2, 3});

    assertThat(file).hasBinaryContent(new byte[] {2, 3});
    assertThat(files()).containsExactly(file);
  }
}

package io.picsync.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of a list, from its middle. */
final class ListPageTest {
  private static final int LINES = 20_000;

  private Path file;

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    file = folder.resolve("run.missing.jsonl.gz");
    ListWriter writer = new ListWriter(file);
    for (int batch = 0; batch < LINES / 100; batch++) {
      Lines lines = new Lines();
      for (int i = 0; i < 100; i++) {
        int number = batch * 100 + i;
        lines.add(json -> json.writeStringField("path", "%05d ä.jpg".formatted(number)));
      }
      writer.append(lines);
    }
    writer.publish();
  }

  private ListSource source() throws IOException {
    return new ListSource(file, 0, Files.size(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 100, 4096, 4097, 30_000})
  void pagesTogetherAreTheList(int limit) throws IOException {
    List<String> all = new ArrayList<>();
    Optional<ListPage.Cursor> next = Optional.of(ListPage.Cursor.START);
    while (next.isPresent()) {
      ListPage page = ListPage.read(source(), next.get(), ListFilter.all(), limit, 50_000);
      assertThat(page.lines()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.lines());
      next = page.next();
    }
    assertThat(all).hasSize(LINES).doesNotHaveDuplicates().isSorted();
    assertThat(all.get(LINES - 1)).isEqualTo("{\"path\":\"19999 ä.jpg\"}");
  }

  @Test
  void pageBeginsAtAMemberAndReadsNothingBefore() throws IOException {
    ListPage page =
        ListPage.read(source(), ListPage.Cursor.START, ListFilter.all(), 15_000, 50_000);
    ListPage.Cursor next = page.next().orElseThrow();
    assertThat(next.member()).isPositive();
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < next.member(); i++) {
      bytes[i] = 0;
    }
    Files.write(file, bytes);
    assertThat(ListPage.read(source(), next, ListFilter.all(), 1, 50_000).lines())
        .containsExactly("{\"path\":\"15000 ä.jpg\"}");
  }

  @Test
  void filterLooksAtABoundedNumberOfLines() throws IOException {
    ListPage page =
        ListPage.read(
            source(),
            ListPage.Cursor.START,
            new ListFilter(Optional.of("19999"), Optional.empty(), Optional.empty()),
            10,
            5000);
    assertThat(page.lines()).isEmpty();
    assertThat(page.looked()).isEqualTo(5000);
    assertThat(page.next()).isPresent();
  }

  @Test
  void damagedListIsNotTakenForAShortOne() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(file, bytes);
    assertThatThrownBy(
            () ->
                ListPage.read(source(), ListPage.Cursor.START, ListFilter.all(), LINES, LINES + 1))
        .isInstanceOf(IOException.class);
    Files.write(file, java.util.Arrays.copyOf(bytes, 300));
    assertThatThrownBy(
            () ->
                ListPage.read(source(), ListPage.Cursor.START, ListFilter.all(), LINES, LINES + 1))
        .isInstanceOf(IOException.class);
  }

  @Test
  void cursorOfAnotherListIsRefused() {
    assertThatThrownBy(
            () -> ListPage.read(source(), new ListPage.Cursor(5, 0), ListFilter.all(), 1, 10))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () ->
                ListPage.read(source(), new ListPage.Cursor(1L << 40, 0), ListFilter.all(), 1, 10))
        .isInstanceOf(IOException.class);
    assertThat(ListPage.Cursor.of("1-2-3")).isEmpty();
    assertThat(ListPage.Cursor.of("99999999999999999999-1")).isEmpty();
  }
}

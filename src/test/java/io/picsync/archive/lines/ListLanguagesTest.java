package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code ls -l} really writes in the languages of this world, in UTF-8 and older encodings.
 */
final class ListLanguagesTest {

  private static List<String> file() throws IOException {
    try (InputStream in = ListLanguagesTest.class.getResourceAsStream("ls-in-languages.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().toList();
    }
  }

  static Stream<Arguments> listings() throws IOException {
    List<Arguments> listings = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : file()) {
      if (line.startsWith("== ")) {
        String[] words = line.split(" ", -1);
        lines = new ArrayList<>();
        listings.add(Arguments.of(words[1], "UTF-8", lines));
        for (int i = 2; i < words.length; i++) {
          listings.add(Arguments.of(words[1], words[i], lines));
        }
      } else if (!line.startsWith("#")) {
        lines.add(line);
      }
    }
    return listings.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("listings")
  void everyMonthIsUnderstood(String language, String encoding, List<String> lines) {
    ListParser parser = new ListParser(UTF_8);
    ListingBuilder builder = new ListingBuilder("");

    for (String line : lines) {
      assertThat(parser.parse(ParserText.line(line.getBytes(Charset.forName(encoding))), builder))
          .as(line)
          .isTrue();
    }

    TreeMap<String, Long> expected = new TreeMap<>();
    IntStream.rangeClosed(6, 11).forEach(m -> expected.put("new%02d.jpg".formatted(m), 200L + m));
    IntStream.rangeClosed(1, 12).forEach(m -> expected.put("old%02d.jpg".formatted(m), 100L + m));
    assertThat(((Listing.Trusted) builder.build()).pictures())
        .extracting(Picture::name, Picture::size)
        .containsExactlyElementsOf(
            expected.entrySet().stream().map(e -> tuple(e.getKey(), e.getValue())).toList());
  }

  @Test
  void thereAreManyLanguages() throws IOException {
    assertThat(listings()).hasSizeGreaterThan(80);
  }
}

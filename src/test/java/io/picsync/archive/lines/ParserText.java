package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import java.util.Arrays;

/** Feeds lines given as text to a parser. */
final class ParserText {
  private ParserText() {}

  /** What the parser makes of lines that it must understand. */
  static Listing.Trusted trusted(LineParser parser, String... lines) {
    ListingBuilder listing = new ListingBuilder("");
    for (String line : lines) {
      assertThat(parser.parse(line(line.getBytes(UTF_8)), listing)).as(line).isTrue();
    }
    assertThat(listing.build()).isInstanceOf(Listing.Trusted.class);
    return (Listing.Trusted) listing.build();
  }

  static boolean understands(LineParser parser, String line) {
    return parser.parse(line(line.getBytes(UTF_8)), new ListingBuilder(""));
  }

  /** The bytes at the beginning of a larger buffer, as a reader has its first line. */
  static Line firstLine(byte... bytes) {
    Line line = new Line();
    line.set(Arrays.copyOf(bytes, bytes.length + 1), 0, bytes.length);
    return line;
  }

  /** The bytes in the middle of a larger buffer, as a reader has them. */
  static Line line(byte... bytes) {
    byte[] buffer = new byte[bytes.length + 20];
    Arrays.fill(buffer, (byte) '7');
    System.arraycopy(bytes, 0, buffer, 10, bytes.length);
    Line line = new Line();
    line.set(buffer, 10, 10 + bytes.length);
    return line;
  }
}

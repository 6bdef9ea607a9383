package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Picture;
import io.picsync.testing.Trees;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListParserTest {
  private final ListParser parser = new ListParser(UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-rw-r--r--    1 ftp      ftp          1234 Jul 14  2011 a b.jpg",
        "-rw-r--r--    1 ftp      ftp          1234 Jul 14 15:30 a b.jpg",
        "-rw-r--r-- 1 1000 1000 1234 Jul 14 2011 a b.jpg",
        "-rw-r--r-- 1 ftp 1234 Jul 14 2011 a b.jpg",
        "-rw-r--r--+ 1 ftp ftp 1234 Jul  4 2011 a b.jpg",
        "-rw-r--r--. 1 ftp ftp 1234 Jul 04 2011 a b.jpg",
        "-rwsr-sr-t 1 ftp ftp 1234 Jul 14 9:30 a b.jpg",
        "-rw-r--r-- 1 May ftp 1234 Jul 14 2011 a b.jpg",
        "-rw-r--r-- 1 joe Mar 1234 Jul 14 2011 a b.jpg",
        "-rw-r--r-- 1 joe Domain Users 1234 Jul 14 2011 a b.jpg",
        "-[RWCEAFMS] Admin 1234 Jul 14 2011 a b.jpg",
        "-rw-r--r-- 1 ftp ftp 1234  Jul 14  2011 a b.jpg",
        "07-14-11  03:30PM                 1234 a b.jpg",
        "07-14-2011  15:30                 1234 a b.jpg",
      })
  void pictureIsUnderstoodHoweverItsLineIsWritten(String line) {
    Listing.Trusted listing = ParserText.trusted(parser, line);

    assertThat(listing.pictures()).containsExactly(new Picture("", "a b.jpg", 1234, null));
    assertThat(listing.folders()).isEmpty();
    assertThat(listing.ignored().total()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drwxr-xr-x 2 ftp ftp 4096 Jul 14 2011 20110714",
        "drwxrwxrwt 2 ftp ftp 4096 Jul 14 2011 20110714",
        "drwxr-xr-x 2 ftp 4096 Jul 14 2011 20110714",
        "07-14-11  03:30PM       <DIR>          20110714",
      })
  void folderIsUnderstoodHoweverItsLineIsWritten(String line) {
    Listing.Trusted listing = ParserText.trusted(parser, line);

    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.pictures()).isEmpty();
  }

  @Test
  void namesKeepTheirBlanksAndLookAlikesOfOtherColumns() {
    for (String name : Trees.hostileNames()) {
      Listing.Trusted unix =
          ParserText.trusted(parser, "-rw-r--r-- 1 ftp ftp 5 Jul 14  2011 " + name);
      Listing.Trusted dos = ParserText.trusted(parser, "07-14-11  03:30PM  5 " + name);

      assertThat(unix.pictures()).containsExactly(new Picture("", name, 5, null));
      assertThat(dos.pictures()).containsExactly(new Picture("", name, 5, null));
    }
    assertThat(
            ParserText.trusted(parser, "-rw-r--r-- 1 ftp ftp 5 Jul 14  2011  blank at both ends ")
                .pictures())
        .extracting(Picture::name)
        .containsExactly(" blank at both ends ");
  }

  @Test
  void folderItselfAndItsParentAreNoFolders() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "total 8",
            "",
            "drwxr-xr-x 2 ftp ftp 4096 Jul 14 2011 .",
            "drwxr-xr-x 2 ftp ftp 4096 Jul 14 2011 ..");

    assertThat(listing.folders()).isEmpty();
    assertThat(listing.ignored().total()).isZero();
  }

  @Test
  void linksAndDevicesAreCountedAndNotFollowed() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "lrwxrwxrwx 1 ftp ftp 11 Jul 14 2011 a.jpg -> /etc/passwd",
            "brw-rw---- 1 root disk 8, 0 Jul 14 2011 sda",
            "crw-rw---- 1 root tty 4,64 Jul 14 2011 ttyS0",
            "prw-r--r-- 1 ftp ftp 0 Jul 14 2011 pipe",
            "srw-r--r-- 1 ftp ftp 0 Jul 14 2011 socket",
            "07-14-11  03:30PM  <JUNCTION>  elsewhere");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.NOT_A_FILE, 6L));
    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.folders()).isEmpty();
  }

  @Test
  void refusedNamesAreCounted() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 ../../etc/passwd",
            "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 ..",
            "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 a\rDELE b.jpg",
            "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 " + "n".repeat(256),
            "drwxr-xr-x 1 ftp ftp 5 Jul 14 2011 /etc");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.REFUSED_NAME, 5L));
    assertThat(listing.pictures()).isEmpty();
  }

  @Test
  void nameInAnotherEncodingIsRefusedUnlessTheServerIsSaidToUseIt() {
    byte[] latin = "-rw-r--r-- 1 ftp ftp 5 Jul 14 2011 Gr\u00f6\u00dfe.jpg".getBytes(ISO_8859_1);
    ListingBuilder asUtf8 = new ListingBuilder("");
    ListingBuilder asLatin = new ListingBuilder("");

    assertThat(parser.parse(ParserText.line(latin), asUtf8)).isTrue();
    assertThat(new ListParser(ISO_8859_1).parse(ParserText.line(latin), asLatin)).isTrue();

    assertThat(((Listing.Trusted) asUtf8.build()).ignored().total()).isEqualTo(1);
    assertThat(((Listing.Trusted) asLatin.build()).pictures())
        .extracting(Picture::name)
        .containsExactly("Gr\u00f6\u00dfe.jpg");
  }

  @Test
  void sizesBeyondFourGigabytesAreExact() {
    assertThat(
            ParserText.trusted(parser, "-rw-r--r-- 1 ftp ftp 123456789012 Jul 14 2011 a.mov")
                .pictures())
        .extracting(Picture::size)
        .containsExactly(123_456_789_012L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-rw-r--r-- 1 ftp ftp 1234 Jul 14 2011",
        "-rw-r--r-- 1 ftp ftp 1234 Jul 14 2011 ",
        "-rw-r--r-- 1 ftp ftp 1234 Jul 14",
        "-rw-r--r-- 1 ftp ftp 1234",
        "-rw-r--r-- 1 ftp ftp abc Jul 14 2011 a.jpg",
        "-rw-r--r-- 1 ftp ftp 8, 0 Jul xx 2011 a.jpg",
        "-rw-r--r-- 1 ftp ftp 1234 Jul 14 20:1 a.jpg",
        "-rw-r--r-- 1 ftp ftp 1234 Okt 14 2011 a.jpg",
        "-rw-r--r-- 1 ftp ftp 1234 2011-07-14 15:30 a.jpg",
        "-rw-r--r-- 1 ftp ftp 9999999999999999999 Jul 14 2011 a.jpg",
        "-",
        "d",
        "-rw-r--r--",
        "total",
        "tot",
        "ls: cannot open directory '.': Input/output error",
        "Permission denied",
        "07-14-11  03:30PM",
        "07-14-11  03:30PM  1234",
        "07-14-11  03:30PM  1234 ",
        "07-14-11  03:30PM  <DIR>   ",
        "07-14-11  03:30PM  12x4 a.jpg",
        "07/14/11  03:30PM  1234 a.jpg",
        "07-14-11  0330PM   1234 a.jpg",
        "7",
        " -rw-r--r-- 1 ftp ftp 1234 Jul 14 2011 a.jpg",
        "\u00ff\u00ff",
        "type=file;size=1; a.jpg",
      })
  void junkIsNotUnderstood(String line) {
    assertThat(ParserText.understands(parser, line)).isFalse();
  }

  @Test
  void lineOfBinaryJunkIsNotTakenForAnEmptyOne() {
    assertThat(parser.parse(ParserText.line((byte) 0xff, (byte) 0xd8), new ListingBuilder("")))
        .isFalse();
  }
}

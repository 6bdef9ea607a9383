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
  private static Listing.Trusted listed(String... lines) {
    return ParserText.trusted(new ListParser(UTF_8), lines);
  }

  private static boolean understood(String... lines) {
    ListParser parser = new ListParser(UTF_8);
    boolean all = true;
    for (String line : lines) {
      all &= ParserText.understands(parser, line);
    }
    return all;
  }

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
    Listing.Trusted listing = listed(line);

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
    Listing.Trusted listing = listed(line);

    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.pictures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Jul 14 15:30:10 2011",
        "Oct 08, 2002 09:47",
        "14 Jul 2011",
        "14 Jul 02:27",
        "26. Juli, 20:10",
        "2.   Okt.  2003",
        "30. Jan., 12:40",
        "2011-07-14 15:30",
        "2011-07-14 15:30:10",
        "2011-07-14 15:30:10.123456789 +0200",
        "2011/07/14 15:30",
        "2011.07.14 15:30",
        "14-07-2011 15:30",
        "14.07.2011 15:30",
        "07-14 15:30",
        "Apr   4 24:00",
        "4\u6708 18\u65e5 2003\u5e74",
        "2005\ub144  1\uc6d4  6\uc77c",
        "7\uc6d4  4\uc77c  05:30",
        "SEPT 14  2011",
      })
  void dateIsUnderstoodHoweverItIsWritten(String date) {
    String before = "-rw-r--r--   1 camera   users        1234 ";

    for (String name : new String[] {"a b.jpg", "2014 x.jpg", "15:30 x.jpg", "1 Jul 14 2011 x"}) {
      assertThat(listed(before + date + " " + name).pictures())
          .containsExactly(new Picture("", name, 1234, null));
    }
    assertThat(understood(before + date)).isFalse();
    assertThat(understood(before + date + " ")).isFalse();
    assertThat(understood(before + date + "a.jpg")).isFalse();
  }

  @Test
  void yearFilledUpToTheWidthOfATimeIsToldFromABlankInTheName() {
    assertThat(
            listed(
                    "-rw-r--r-- 1 0 0 1 14. Jul 2011  a.jpg",
                    "-rw-r--r-- 1 0 0 2 14. Jul 2011   b.jpg",
                    "-rw-r--r-- 1 0 0 3 14. Jul 15:30 c.jpg",
                    "-rw-r--r-- 1 0 0 4 14. Jul 15:30  d.jpg")
                .pictures())
        .extracting(Picture::name)
        .containsExactly(" b.jpg", " d.jpg", "a.jpg", "c.jpg");
    assertThat(understood("-rw-r--r-- 1 0 0 1 14. Jul 2011 a.jpg")).isFalse();
    assertThat(understood("-rw-r--r-- 1 0 0 1 Jul 14 2011  a.jpg")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-rw-r--r-- 1 0 20 2011 m\u00e1rc 14 15:30 a.jpg", // a size, or a year and a name 15:30 …
        "-rw-r--r-- 1 ftp 20 2011 Jul 14 a.jpg", // a year before an English month: a torn line
        "-rw-r--r-- 1 ftp ftp 5 Jul 14 15:30:10 a.jpg", // seconds without a year
        "-rw-r--r-- 1 ftp ftp 5 2011-07-14 a.jpg", // a date alone: 15:30 could be in the name
      })
  void lineThatCanBeReadInTwoWaysIsNotUnderstood(String line) {
    assertThat(understood(line)).isFalse();
  }

  @Test
  void sizeThatLooksLikeAYearIsASize() {
    assertThat(listed("-rw-r--r-- 1 1000 20 2011 Jul 14 15:30 2012 a.jpg").pictures())
        .containsExactly(new Picture("", "2012 a.jpg", 2011, null));
    assertThat(listed("-rw-r--r-- 1 0 0 7 2011 m\u00e1rc  14 a.jpg").pictures())
        .containsExactly(new Picture("", "a.jpg", 7, null));
  }

  @Test
  void dialectIsDecidedByTheFirstEntryAndHoldsForTheWholeListing() {
    String unix = "-rw-r--r-- 1 ftp ftp 5 Jul 14  2011 a.jpg";
    String dos = "07-14-11  03:30PM  5 b.jpg";
    String eplf = "+r,s5,\tc.jpg";

    assertThat(understood(unix, unix, "", unix)).isTrue();
    assertThat(understood(dos, dos)).isTrue();
    for (String[] mixed : new String[][] {{unix, dos}, {dos, unix}, {eplf, dos}, {unix, eplf}}) {
      assertThat(understood(mixed)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "total 8",
        "total 4.0K",
        "insgesamt 12",
        "i alt 8",
        "\u5408\u8a08 8",
        "yhteens\u00e4 1,5M"
      })
  void totalIsUnderstoodInManyLanguagesAndOnlyBeforeTheFirstEntry(String total) {
    String unix = "-rw-r--r-- 1 ftp ftp 5 Jul 14  2011 a.jpg";

    assertThat(understood(total, unix)).isTrue();
    assertThat(understood(total)).isTrue();
    assertThat(understood(unix, total)).isFalse();
    assertThat(understood(total, total)).isFalse();
  }

  @Test
  void namesKeepTheirBlanksAndLookAlikesOfOtherColumns() {
    for (String name : Trees.hostileNames()) {
      Listing.Trusted unix = listed("-rw-r--r-- 1 ftp ftp 5 Jul 14  2011 " + name);
      Listing.Trusted dos = listed("07-14-11  03:30PM  5 " + name);

      assertThat(unix.pictures()).containsExactly(new Picture("", name, 5, null));
      assertThat(dos.pictures()).containsExactly(new Picture("", name, 5, null));
    }
    assertThat(listed("-rw-r--r-- 1 ftp ftp 5 Jul 14  2011  blank at both ends ").pictures())
        .extracting(Picture::name)
        .containsExactly(" blank at both ends ");
  }

  @Test
  void folderItselfAndItsParentAreNoFolders() {
    Listing.Trusted listing =
        listed(
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
        listed(
            "lrwxrwxrwx 1 ftp ftp 11 Jul 14 2011 a.jpg -> /etc/passwd",
            "brw-rw---- 1 root disk 8, 0 Jul 14 2011 sda",
            "crw-rw---- 1 root tty 4,64 Jul 14 2011 ttyS0",
            "prw-r--r-- 1 ftp ftp 0 Jul 14 2011 pipe",
            "srw-r--r-- 1 ftp ftp 0 Jul 14 2011 socket",
            "lrwxrwxrwx 1 ftp ftp 11 Jul 14 2011 b -> c -> d");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.NOT_A_FILE, 6L));
    assertThat(listing.notFiles())
        .contains("a.jpg", "sda", "ttyS0", "pipe", "socket", "b", "b -> c")
        .doesNotContain("c", "d", "/etc/passwd");
    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.folders()).isEmpty();
  }

  @Test
  void refusedNamesAreCounted() {
    Listing.Trusted listing =
        listed(
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

    assertThat(new ListParser(UTF_8).parse(ParserText.line(latin), asUtf8)).isTrue();
    assertThat(new ListParser(ISO_8859_1).parse(ParserText.line(latin), asLatin)).isTrue();

    assertThat(((Listing.Trusted) asUtf8.build()).ignored().total()).isEqualTo(1);
    assertThat(((Listing.Trusted) asLatin.build()).pictures())
        .extracting(Picture::name)
        .containsExactly("Gr\u00f6\u00dfe.jpg");
  }

  @Test
  void sizesBeyondFourGigabytesAreExact() {
    assertThat(listed("-rw-r--r-- 1 ftp ftp 123456789012 Jul 14 2011 a.mov").pictures())
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
        "-rw-r--r-- 1 ftp ftp 1234 Xyz 14 2011 a.jpg",
        "-rw-r--r-- 1 ftp ftp 33.5k Jul 14 2011 a.jpg",
        "-r-xr-xr-x camera longgroup1234 Jul 14 2011 a.jpg",
        "-C--E-----FTP B CAMERA 1 1234 Jul 14 15:30 a.jpg",
        "-????????? ? ? ? ? ? a.jpg",
        "0100644 500 101 12345 123456789 a.jpg",
        "A.JPG;1  155/156  14-JUL-2011 15:30:10.64  [FTP,CAMERA]  (RWED,RWED,RE,)",
        "A.JPG;1  155  14-JUL-2011 15:30:10.64",
        "CAMERA 3390   2011/07/14  1    3  FB      80  3125  PO  A.JPG",
        "36611      A    07-14-103  15:30  a.jpg",
        "a.jpg",
        "picture 5",
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
    assertThat(understood(line)).isFalse();
    for (int length = 0; length < line.length(); length++) {
      byte[] first = line.substring(0, length).getBytes(UTF_8);
      new ListParser(UTF_8).parse(ParserText.firstLine(first), new ListingBuilder(""));
    }
  }

  @Test
  void lineOfBinaryJunkIsNotTakenForAnEmptyOne() {
    assertThat(
            new ListParser(UTF_8)
                .parse(ParserText.line((byte) 0xff, (byte) 0xd8), new ListingBuilder("")))
        .isFalse();
  }
}

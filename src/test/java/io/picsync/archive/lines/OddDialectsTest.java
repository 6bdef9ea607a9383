package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Picture;
import io.picsync.testing.Trees;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LIST of servers that are not Unix and don't pretend to be. */
final class OddDialectsTest {

  private static Listing.Trusted listed(String... lines) {
    return ParserText.trusted(new ListParser(UTF_8), lines);
  }

  private static boolean understood(String... lines) {
    ListParser parser = new ListParser(UTF_8);
    ListingBuilder listing = new ListingBuilder("");
    for (String line : lines) {
      if (!parser.parse(ParserText.line(line.getBytes(UTF_8)), listing)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07-14-11  03:30PM               123456 ",
        "07-14-11  03:30am               123456 ",
        "07-14-2011  03:30PM             123456 ",
        "07-14-11  15:30                 123456 ",
        "2011-07-14  15:30              123,456 ",
        "2011-07-14  15:30              123.456 ",
      })
  void dosPictureIsUnderstoodWithAnyName(String before) {
    for (String name : Trees.hostileNames()) {
      assertThat(listed(before + name).pictures())
          .containsExactly(new Picture("", name, 123_456, null));
    }
  }

  @Test
  void dosFoldersBeginInTheirColumn() {
    assertThat(
            listed(
                    "07-14-11  03:30PM       <DIR>          20110714",
                    "07-14-11  03:30PM       <DIR>            blanks before",
                    "07-14-11  03:30PM       <DIR>          <DIR> x")
                .folders())
        .containsExactly("  blanks before", "20110714", "<DIR> x");
    assertThat(listed("07-14-11  03:30PM  <DIR>  a", "07-14-11  03:30PM  <DIR>  b").folders())
        .containsExactly("a", "b");
    assertThat(understood("07-14-11  03:30PM  <DIR>  a", "07-14-11  03:30PM  <DIR>   b")).isFalse();
  }

  @Test
  void dosJunctionsAreNoFolders() {
    Listing.Trusted listing =
        listed(
            "07-14-11  03:30PM    <JUNCTION>     20110714 [D:\\old]",
            "07-14-11  03:30PM    <SYMLINKD>     20110715",
            "07-14-11  03:30PM    <SYMLINK>      a.jpg [D:\\a.jpg]");

    assertThat(listing.folders()).isEmpty();
    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.notFiles()).contains("20110714", "20110715", "a.jpg");
    assertThat(listing.ignored().total()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "07-14-11  03:30PM  12,34 a.jpg",
        "07-14-11  03:30PM  1234,567 a.jpg",
        "07-14-11  03:30PM  1,234.567 a.jpg",
        "07-14-11  03:30PM  ,234 a.jpg",
        "07-14-11  03:30PM  1, a.jpg",
        "07-14-11  03:30PM  1.2345 a.jpg",
        "07-14-11  03:30PM  1.5K a.jpg",
        "07-14-11  03:30XM  1 a.jpg",
        "07-14-111  03:30PM  1 a.jpg",
        "7-14-11  03:30PM  1 a.jpg",
        "07-14-11  03:30PM  <DIR a.jpg",
      })
  void dosLineThatIsNotExactIsNotUnderstood(String line) {
    assertThat(understood(line)).isFalse();
  }

  @Test
  void eplfIsUnderstoodWithItsTimes() {
    for (String name : Trees.hostileNames()) {
      assertThat(listed("+i8388621.48594,m1310657410,r,s280,\t" + name).pictures())
          .containsExactly(new Picture("", name, 280, Instant.parse("2011-07-14T15:30:10Z")));
    }
    Listing.Trusted listing =
        listed("+i1.2,m1310657410,/,\t20110714", "+up644,r,s5\ta\tb", "+r,s6,\ta.jpg", "+i7,\tx");
    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.pictures()).containsExactly(new Picture("", "a.jpg", 6, null));
    assertThat(listing.notFiles()).containsExactly("x");
    assertThat(listing.ignored().total()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+r,\ta.jpg", "+r,s5,\t", "+r,s5, a.jpg", "+r,s5", "+", "+r,s5x,\ta"})
  void eplfLineThatIsNotWholeIsNotUnderstood(String line) {
    assertThat(understood(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "    "})
  void netWareIsUnderstoodHoweverFarItsNamesAre(String blanks) {
    Listing.Trusted listing =
        listed(
            "total 0",
            "d [R----F--] camera            512       Jan 16 18:53" + blanks + "20110714",
            "- [R----F--] camera         214059       Oct 20 15:27" + blanks + "a b.jpg",
            "-[RWCEAFMS] camera          214060       Oct 20  2011" + blanks + "c.jpg");

    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.pictures())
        .containsExactly(
            new Picture("", "a b.jpg", 214_059, null), new Picture("", "c.jpg", 214_060, null));
  }

  @Test
  void netWareNamesThatBeginInOtherPlacesAreNotUnderstood() {
    String line = "- [R----F--] camera 214059 Oct 20 15:27";
    assertThat(understood(line + " a.jpg", line + "  b.jpg")).isFalse();
    assertThat(understood(line + "    a.jpg", line + " b.jpg")).isFalse();
    assertThat(understood("- [R----F--] camera 21k Oct 20 15:27 a.jpg")).isFalse();
    assertThat(understood("- [R----F--] 214059 Oct 20 15:27 a.jpg")).isFalse();
    assertThat(understood("- [R----X--] camera 214059 Oct 20 15:27 a.jpg")).isFalse();
    assertThat(understood("- [R----F--] camera 214059 Oct 20 15:27 ")).isFalse();
  }

  @Test
  void streamFilesOfOs400AreUnderstood() {
    String form = "CAMERA          %5d %s 15:30:10 %-10s %s";
    Listing.Trusted listing =
        listed(
            form.formatted(77824, "07/14/11", "*DIR", "20110714/"),
            form.formatted(1234, "14.07.11", "*STMF", "a b.jpg"),
            form.formatted(1235, "11-07-14", "*STMF", " c.jpg"),
            form.formatted(36864, "07/14/11", "*FILE", "OLD.JPG"));

    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.pictures())
        .containsExactly(
            new Picture("", " c.jpg", 1235, null), new Picture("", "a b.jpg", 1234, null));
    assertThat(listing.notFiles()).containsExactly("OLD.JPG");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAMERA 1234 07/14/11 15:30:10 *STMF a.jpg",
        "CAMERA 1234 07/14/11 15:30:10 *STMF     a.jpg",
        "CAMERA 12k4 07/14/11 15:30:10 *STMF      a.jpg",
        "CAMERA 1234 07/14/11 15:30:10 *DIR       20110714",
        "CAMERA 1234 07/14-11 15:30:10 *STMF      a.jpg",
        "CAMERA 1234 07/14/11 *STMF      a.jpg",
        "CAMERA                                   *MEM       A.FILE/A.MBR",
      })
  void lineOfOs400ThatIsNotExactIsNotUnderstood(String line) {
    assertThat(understood(line)).isFalse();
  }

  @Test
  void namesInOtherEncodingsAreRefusedInAllDialects() {
    for (String form :
        new String[] {
          "07-14-11  03:30PM  5 %s",
          "+r,s5,\t%s",
          "- [R] camera 5 Jul 14 15:30 %s",
          "CAMERA 5 07/14/11 15:30:10 *STMF      %s",
          "-rw-r--r-- 1 a b 5 7\u6708 14  2011 %s"
        }) {
      byte[] line = String.format(Locale.ROOT, form, "X.jpg").getBytes(UTF_8);
      line[line.length - 5] = (byte) 0xe4;
      ListingBuilder listing = new ListingBuilder("");
      assertThat(new ListParser(UTF_8).parse(ParserText.line(line), listing)).as(form).isTrue();
      assertThat(((Listing.Trusted) listing.build()).ignored().total()).as(form).isEqualTo(1);
    }
  }
}

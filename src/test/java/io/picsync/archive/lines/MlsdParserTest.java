package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Picture;
import io.picsync.testing.Trees;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MlsdParserTest {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final MlsdParser parser = new MlsdParser(UTF_8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type=file;size=1234;modify=20110714153010; a b.jpg",
        "Type=file;Size=1234;Modify=20110714153010.123; a b.jpg",
        "modify=20110714153010;perm=adfrw;size=1234;type=FILE;unique=FE03U10;UNIX.mode=0644; a b.jpg",
        "size=1234;type=file;modify=20110714153010 a b.jpg",
      })
  void pictureIsUnderstoodWhateverElseIsTold(String line) {
    assertThat(ParserText.trusted(parser, line).pictures())
        .containsExactly(new Picture("", "a b.jpg", 1234, TAKEN));
  }

  @Test
  void namesKeepTheirBlanksAndLookAlikesOfFacts() {
    for (String name : Trees.hostileNames()) {
      assertThat(ParserText.trusted(parser, "type=file;size=5; " + name).pictures())
          .containsExactly(new Picture("", name, 5, null));
    }
    assertThat(ParserText.trusted(parser, "type=file;size=5;  both ends ").pictures())
        .extracting(Picture::name)
        .containsExactly(" both ends ");
  }

  @Test
  void foldersAreToldWithoutTheFolderItselfAndItsParent() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "type=cdir;modify=20110714153010; /day",
            "type=pdir;modify=20110714153010; ..",
            "type=dir;modify=20110714153010; 20110714",
            "type=dir; .",
            "type=dir; ..");

    assertThat(listing.folders()).containsExactly("20110714");
    assertThat(listing.ignored().total()).isZero();
  }

  @Test
  void linksAndDevicesAreCountedAndNotFollowed() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "type=OS.unix=slink:/etc/passwd;size=11; a.jpg",
            "type=OS.unix=slink;size=11; b.jpg",
            "type=OS.unix=chr-4/64; ttyS0");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.NOT_A_FILE, 3L));
    assertThat(listing.pictures()).isEmpty();
  }

  @Test
  void refusedNamesAreCounted() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "type=file;size=5; ../a.jpg",
            "type=file;size=5; a\rb.jpg",
            "type=file;size=5; ",
            "type=dir; /etc");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.REFUSED_NAME, 4L));
  }

  @Test
  void fileThatWentWhileApacheFtpServerListedItIsNoPartOfTheFolder() {
    Listing.Trusted listing =
        ParserText.trusted(parser, "Size=0;Modify=19700101000000.000; .a.jpg.part");

    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.folders()).isEmpty();
  }

  @Test
  void ownTemporaryFileThatWasRenamedWhileItWasListedIsIgnored() {
    Listing.Trusted listing =
        ParserText.trusted(
            parser,
            "Size=20;Modify=20110714153010.000; .303.jpg.a2e1841e0000000100000002.picsync.part");

    assertThat(listing.ignored().counts()).isEqualTo(Map.of(IgnoredReason.TEMPORARY, 1L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Size=1;Modify=19700101000000.000; a.jpg",
        "Size=0;Modify=20110714153010.000; a.jpg",
        "",
        "a.jpg",
        " a.jpg",
        "size=5; a.jpg",
        "type=file; a.jpg",
        "type=file;size=; a.jpg",
        "type=file;size=-5; a.jpg",
        "type=file;size=5x; a.jpg",
        "type=file;size=99999999999999999999; a.jpg",
        "type=file;;size=5; a.jpg",
        "type=file;size=5;",
        "-rw-r--r-- 1 ftp ftp 1234 Jul 14 2011 a.jpg",
      })
  void junkIsNotUnderstood(String line) {
    assertThat(ParserText.understands(parser, line)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "20110714153010, 2011-07-14T15:30:10Z",
    "20110714153010.999, 2011-07-14T15:30:10Z",
    "20161231235960, 2016-12-31T23:59:59Z",
  })
  void timesAreInUtc(String text, Instant time) {
    assertThat(MlsdParser.time(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2011", "20111314153010", "2011071415301x", "20110714T15301"})
  void timeThatIsNoneIsNotToldAndThePictureIs(String text) {
    assertThat(MlsdParser.time(text)).isNull();
    assertThat(ParserText.trusted(parser, "type=file;size=5;modify=" + text + "; a.jpg").pictures())
        .containsExactly(new Picture("", "a.jpg", 5, null));
  }
}

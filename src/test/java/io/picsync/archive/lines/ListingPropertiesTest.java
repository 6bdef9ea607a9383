package io.picsync.archive.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Names;
import io.picsync.archive.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever the names and whatever the lines: read as they are, or not trusted. */
final class ListingPropertiesTest {
  /** A line before its name, without its size. */
  private static final List<String> DIALECTS =
      List.of(
          "-rw-r--r--    1 ftp      ftp      %12d Jul 14  2011 ",
          "-rw-r--r--    1 ftp      ftp      %12d Jul 14 15:30 ",
          "-rw-r--r--    1 camera   %d Jul 14 15:30 ",
          "-rw-r--r--+ 1 1000 20 %d 14. Jul 2011  ",
          "-rw-r--r--. 1 camera Domain Users %d 14 juil.  2011 ",
          "-rw-r--r-- 1 0 0 %d Jul 14 15:30:10 2011 ",
          "-rw-r--r-- 1 0 0 %d 2011-07-14 15:30 ",
          "-rw-r--r-- 1 0 0 %d 2011-07-14 15:30:10.000000000 +0200 ",
          "-rw-r--r-- 1 0 0 %d 2011\ub144  7\uc6d4 14\uc77c ",
          "07-14-11  03:30PM  %d ",
          "2011-07-14  15:30  %,d ",
          "+i8388621.48594,m1310657410,r,s%d,\t",
          "CAMERA %d 07/14/11 15:30:10 *STMF      ",
          "type=file;size=%d;modify=20110714153010; ",
          "Modify=20110714153010;Perm=adfrw;Size=%d;Type=file; ");

  /** What lines of listings are made of, to be thrown together. */
  private static final List<String> SCRAPS =
      List.of(
          " ",
          " ",
          " ",
          "  ",
          "\t",
          "-rw-r--r--",
          "drwxr-xr-x",
          "lrwxrwxrwx",
          "-",
          "d",
          "1",
          "7",
          "14",
          "20",
          "1000",
          "2011",
          "2011-07-14",
          "07-14",
          "15:30",
          "15:30:10",
          "03:30PM",
          "Jul",
          "m\u00e1rc",
          "juil.",
          "7\u6708",
          "14.",
          "14\u65e5",
          "ftp",
          "camera",
          "<DIR>",
          "->",
          "+r,",
          "s5,",
          "type=file;",
          "size=5;",
          "*STMF",
          "[RWCEAFMS]",
          "07-14-11",
          "a.jpg",
          "\u0000",
          "de",
          "total",
          "2011\ub144",
          "+0200",
          ".",
          ",",
          "%");

  private static LineParser parser(String form) {
    return form.contains("ype=file") ? new MlsdParser(UTF_8) : new ListParser(UTF_8);
  }

  private static Listing read(String form, byte[] bytes) throws IOException {
    LineParser parser = parser(form);
    ListingBuilder listing = new ListingBuilder("");
    @Nullable String fault =
        new LineReader(new ByteArrayInputStream(bytes))
            .readAll(line -> parser.parse(line, listing));
    return fault == null ? listing.build() : new Listing.Untrusted("", fault);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMinLength(1).ofMaxLength(30),
        Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(30),
        scraps().filter(scrap -> !scrap.isEmpty()));
  }

  @Provide
  Arbitrary<String> scraps() {
    return Arbitraries.of(SCRAPS)
        .list()
        .ofMaxSize(14)
        .map(scraps -> scraps.stream().collect(Collectors.joining()));
  }

  @Provide
  Arbitrary<String> dialects() {
    return Arbitraries.of(DIALECTS);
  }

  /** As it goes over the wire, so a lone surrogate becomes a question mark. */
  private static String spelled(String name) {
    return new String(name.getBytes(UTF_8), UTF_8);
  }

  @Property(tries = 3000)
  void everyNameIsReadAsItIsOrRefused(
      @ForAll @From("dialects") String form,
      @ForAll @Size(max = 8) List<@From("names") String> names,
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long size)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    TreeMap<String, Picture> pictures = new TreeMap<>();
    long bytes = size;
    for (String any : names) {
      String name = spelled(any).replace("\n", "").replace("\r", "");
      if (name.isEmpty() || pictures.containsKey(name)) {
        continue;
      }
      lines.append(form.formatted(bytes)).append(name).append("\r\n");
      pictures.put(name, new Picture("", name, bytes, null));
      bytes = bytes / 3;
    }
    long refused = pictures.keySet().stream().filter(name -> Names.fault(name) != null).count();
    pictures.keySet().removeIf(name -> Names.fault(name) != null);

    Listing listing = read(form, lines.toString().getBytes(UTF_8));

    assertThat(listing).isInstanceOf(Listing.Trusted.class);
    Listing.Trusted trusted = (Listing.Trusted) listing;
    assertThat(trusted.pictures())
        .extracting(picture -> new Picture("", picture.name(), picture.size(), null))
        .containsExactlyElementsOf(pictures.values());
    assertThat(trusted.ignored().total()).isEqualTo(refused);
    assertThat(trusted.folders()).isEmpty();
  }

  @Property(tries = 3000)
  void lineThatIsCutBeforeItsNameIsNeverUnderstood(
      @ForAll @From("dialects") String form,
      @ForAll @LongRange(min = 0, max = 999_999_999_999L) long size,
      @ForAll @LongRange(min = 0, max = 200) long cut)
      throws IOException {
    String line = form.formatted(size);
    String start = line.substring(0, (int) (cut % line.length()));
    if (!start.isEmpty()) {
      assertThat(read(form, (form.formatted(7) + "a.jpg\r\n" + start + "\r\n").getBytes(UTF_8)))
          .isInstanceOf(Listing.Untrusted.class);
    }
    assertThat(read(form, (form.formatted(7) + "a.jpg\r\n" + start + "x").getBytes(UTF_8)))
        .isInstanceOf(Listing.Untrusted.class);
  }

  @Property(tries = 10_000)
  void garbageIsNeverReadAsAPictureThatItDoesNotTell(@ForAll @From("scraps") String garbage)
      throws IOException {
    for (String form : new String[] {"", "type=file;"}) {
      String line = garbage.replace("\n", "").replace("\r", "");
      if (read(form, (line + "\n").getBytes(UTF_8)) instanceof Listing.Trusted trusted) {
        for (Picture picture : trusted.pictures()) {
          assertThat(line).endsWith(picture.name());
          String before = line.substring(0, line.length() - picture.name().length());
          assertThat(before).matches(".*[ \t]").contains(String.valueOf(picture.size()));
        }
        assertThat(trusted.pictures().size() + trusted.folders().size()).isLessThanOrEqualTo(1);
      }
    }
  }

  @Property(tries = 3000)
  void anyBytesEndInAListingOrInAReason(@ForAll byte[] bytes) throws IOException {
    assertThat(read("", bytes)).isNotNull();
    assertThat(read("type=file;", bytes)).isNotNull();
  }
}

package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of the package page, that every kind of {@link Server} passes with the same
 * pictures. Each kind serves a folder of this machine, so the tests see what it really did.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ArchiveServerContract {
  protected static final int CONNECTIONS = 3;

  private static final String ARCHIVE = "source1/pictures";
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final int MEMORY = 1_000_000;

  private Path home;
  private Path archive;
  private Spool spool;
  private Servers servers;
  private Server server;

  /**
   * Starts a server for this folder.
   *
   * @return how it is reached: the settings of {@link OpenServers#x}
   */
  protected abstract Map<String, String> start(Path folder) throws IOException;

  protected abstract void stop() throws IOException;

  /** Gives what a test put into the folder to the server's user. */
  protected void handOver() throws IOException {}

  /** Names that this kind of server can't hold by itself, with the reason. */
  protected Map<String, String> namesLeftOut() {
    return Map.of();
  }

  /** Whether a command of this kind of server sets a modified time. */
  protected boolean keepsTimes() {
    return true;
  }

  /** Whether the server runs as a user that no permission stops. */
  protected boolean mayAll() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * How a stored picture is verified: its size, and by servers that tell digests also that.
   *
   * @param size of the picture
   */
  protected Stored stored(long size) {
    return Stored.STORED;
  }

  private Stored stored() {
    return stored(1);
  }

  @BeforeEach
  void open(@TempDir Path temporary) throws IOException {
    home = Files.createDirectory(temporary.resolve("home"));
    archive = Files.createDirectories(home.resolve(ARCHIVE));
    spool = new Spool(temporary.resolve("spool"), MEMORY);
    servers = OpenServers.of(start(home));
    server = servers.get("x");
  }

  @AfterEach
  void close() throws IOException {
    servers.close();
    stop();
  }

  @Test
  void folderIsToldWithItsPicturesAndFoldersSorted() throws IOException {
    put("20110714/b.jpg", picture(2, 20));
    put("20110714/a.jpg", picture(1, 10));
    put("20110714/c.raw", picture(3, 0));
    makeFolder("20110714/late");
    makeFolder("20110714/early");

    Listing.Trusted listing = trusted("20110714");

    assertThat(listing.folder()).isEqualTo("20110714");
    assertThat(listing.pictures())
        .extracting(p -> p.path() + " " + p.size())
        .containsExactly("20110714/a.jpg 10", "20110714/b.jpg 20", "20110714/c.raw 0");
    assertThat(listing.folders()).containsExactly("early", "late");
    assertThat(listing.ignored().total()).isZero();
  }

  @Test
  void modifiedTimeIsToldInUtcOrNotAtAll() throws IOException {
    put("a.jpg", picture(1, 10));

    assertThat(trusted("").pictures().get(0).modified()).isIn(TAKEN, null);
    assertThat(fetch("a.jpg", 10).modified()).isIn(TAKEN, null);
  }

  @Test
  void nestedFoldersAreListedOneByOne() throws IOException {
    put("raw/2011/20110714/a.raw", picture(1, 10));

    assertThat(trusted("").folders()).containsExactly("raw");
    assertThat(trusted("raw").folders()).containsExactly("2011");
    assertThat(trusted("raw/2011").pictures()).isEmpty();
    assertThat(trusted("raw/2011/20110714").pictures())
        .extracting(Picture::path)
        .containsExactly("raw/2011/20110714/a.raw");
  }

  @Test
  void emptyFolderIsTrustedAndEmpty() throws IOException {
    makeFolder("20110714");

    Listing.Trusted listing = trusted("20110714");

    assertThat(listing.pictures()).isEmpty();
    assertThat(listing.folders()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20110714", "2011/20110714", "a.jpg"})
  void folderThatIsNotThereIsMissing(String folder) throws IOException {
    put("a.jpg", picture(1, 10));

    assertThat(server.list(at(folder), () -> false)).isEqualTo(new Listing.Missing(folder));
  }

  @Test
  void archiveThatIsNotThereIsMissing() throws IOException {
    assertThat(server.list(new Location("source2/pictures", ""), () -> false))
        .isEqualTo(new Listing.Missing(""));
    assertThat(server.list(new Location("source2/pictures", "20110714"), () -> false))
        .isEqualTo(new Listing.Missing("20110714"));
  }

  @Test
  void forbiddenFolderIsNeitherEmptyNorMissing() throws IOException {
    if (mayAll()) {
      String reason =
          getClass().getSimpleName() + ": the server runs as root, nothing is forbidden";
      System.err.println("Skipped: " + reason);
      Assumptions.abort(reason);
    }
    put("20110714/a.jpg", picture(1, 10));
    Path folder = archive.resolve("20110714");
    assertThat(trusted("20110714").pictures()).hasSize(1);
    forbid(folder, "---------");
    assertThat(server.list(at("20110714"), () -> false)).isInstanceOf(Listing.Untrusted.class);
    forbid(folder, "--x--x--x");
    assertThat(server.list(at("20110714"), () -> false)).isInstanceOf(Listing.Untrusted.class);
  }

  @Test
  void wholeServerIsAnArchiveToo() throws IOException {
    put("a.jpg", picture(1, 10));

    Listing listing = server.list(new Location("", "source1"), () -> false);

    assertThat(((Listing.Trusted) listing).folders()).containsExactly("pictures");
    assertThat(((Listing.Trusted) server.list(new Location("", ""), () -> false)).folders())
        .containsExactly("source1");
  }

  @Test
  void hostileNamesAreListedFetchedAndStored() throws IOException {
    TreeMap<String, byte[]> pictures = new TreeMap<>();
    for (String name : held(Trees.hostileNames())) {
      pictures.put(name, picture(pictures.size(), 1000 + pictures.size()));
    }

    for (var picture : pictures.entrySet()) {
      assertThat(store("day one/" + picture.getKey(), picture.getValue()))
          .as(picture.getKey())
          .isEqualTo(stored());
    }

    assertThat(trusted("day one").pictures())
        .extracting(Picture::name)
        .containsExactlyElementsOf(pictures.keySet());
    assertThat(trusted("day one")).as("told again").isEqualTo(trusted("day one"));
    for (Picture picture : trusted("day one").pictures()) {
      assertThat(fetch(picture.path(), picture.size()).readAllBytes())
          .as(picture.name())
          .isEqualTo(pictures.get(picture.name()));
    }
    assertThat(onDisk().keySet())
        .containsExactlyInAnyOrderElementsOf(
            pictures.keySet().stream().map(name -> "day one/" + name).toList());
  }

  @Test
  void hostileFolderNamesAreListedAndMade() throws IOException {
    for (String name :
        held(List.of(" blank at both ends ", " a", "-la", "[a]", "*", "Gew\u00e4chs", "a b"))) {
      assertThat(store(name + "/a.jpg", picture(1, 10))).as(name).isEqualTo(stored());
      assertThat(trusted(name).pictures()).as(name).hasSize(1);
      assertThat(trusted("").folders()).contains(name);
    }
  }

  @Test
  void tenThousandNamesInOneFolderAreListed() throws IOException {
    Path folder = Files.createDirectory(archive.resolve("20110714"));
    for (int i = 0; i < 10_000; i++) {
      Files.createFile(folder.resolve("2011071415%05d.jpg".formatted(i)));
    }
    handOver();

    assertThat(trusted("20110714").pictures())
        .extracting(Picture::name)
        .isEqualTo(IntStream.range(0, 10_000).mapToObj("2011071415%05d.jpg"::formatted).toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 65_536, MEMORY, MEMORY + 1, 3_000_000})
  void pictureOfAnySizeComesBackAsItWasStored(int size) throws IOException {
    byte[] content = picture(size, size);

    assertThat(store("20110714/a.jpg", content)).isEqualTo(stored(size));

    FetchedPicture fetched = fetch("20110714/a.jpg", size);
    assertThat(fetched.readAllBytes()).isEqualTo(content);
    assertThat(fetched.length()).isEqualTo(size);
    assertThat(fetched.inMemory()).isEqualTo(size <= MEMORY);
    fetched.release();
    assertThat(spooled()).isEmpty();
    assertThat(archive.resolve("20110714/a.jpg")).hasBinaryContent(content);
    assertThat(onDisk()).hasSize(1);
  }

  @Test
  void pictureBeyondTheMemoryBoundWaitsInASpoolFile() throws IOException {
    put("a.jpg", picture(1, MEMORY + 1));

    FetchedPicture fetched = fetch("a.jpg", MEMORY + 1);

    assertThat(spooled()).hasSize(1);
    fetched.release();
    assertThat(spooled()).isEmpty();
  }

  @Test
  void vanishedPictureIsToldAsVanished() throws IOException {
    put("20110714/a.jpg", picture(1, 10));

    assertThatThrownBy(() -> fetch("20110714/b.jpg", 10)).isInstanceOf(VanishedException.class);
    assertThatThrownBy(() -> fetch("20110715/a.jpg", 10)).isInstanceOf(VanishedException.class);
    assertThat(fetch("20110714/a.jpg", 10).length()).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 999_999, MEMORY, MEMORY + 2, 2 * MEMORY})
  void pictureOfAnotherSizeThanListedIsNotReturned(int listed) throws IOException {
    put("a.jpg", picture(1, MEMORY + 1));

    assertThatThrownBy(() -> fetch("a.jpg", listed))
        .isInstanceOfAny(UnsettledException.class, PassingException.class)
        .hasMessageContaining(Integer.toString(listed))
        .extracting(Throwable::getMessage, STRING)
        // some servers drop the session of a transfer that is broken off: no size is told then
        .containsAnyOf(Integer.toString(MEMORY + 1), "and more came");

    assertThat(spooled()).isEmpty();
    assertThat(fetch("a.jpg", MEMORY + 1).length()).isEqualTo(MEMORY + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {MEMORY, MEMORY * 2})
  void cancelledFetchReturnsNothing(int size) throws IOException {
    put("a.jpg", picture(1, size));
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(() -> server.fetch(at("a.jpg"), size, spool, () -> looks.addAndGet(1) > 3))
        .isInstanceOf(CancelledException.class);

    assertThat(spooled()).isEmpty();
    assertThat(fetch("a.jpg", size).length()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, MEMORY, 3_000_000})
  void pictureThatIsReadBackSaysSo(int size) throws IOException {
    byte[] picture = picture(size, size);

    assertThat(server.store(at("2011/a.jpg"), content(picture).toBeReadBack(), () -> false))
        .isEqualTo(Stored.READ_BACK);

    assertThat(archive.resolve("2011/a.jpg")).hasBinaryContent(picture);
    assertThat(onDisk()).hasSize(1);
    assertThat(server.store(at("2011/a.jpg"), content(picture).toBeReadBack(), () -> false))
        .isEqualTo(Stored.ALREADY_THERE);
  }

  /** As a bad disk does: it has all bytes, and one of them is another. */
  @Test
  void pictureThatComesBackOtherwiseThanItWasSentIsNeverVisible() throws IOException {
    spoiltPictureIsFoundOut(spoilt(Verify.size).toBeReadBack(), "not what was sent");
  }

  /** For servers that tell digests. */
  protected void pictureWhoseDigestIsWrongIsFoundOut() throws IOException {
    spoiltPictureIsFoundOut(spoilt(Verify.hash), "not its digest");
  }

  private void spoiltPictureIsFoundOut(PictureContent spoilt, String words) throws IOException {
    assertThatThrownBy(() -> server.store(at("a.jpg"), spoilt, () -> false))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("/a.jpg")
        .hasMessageContaining(words);

    leavesNothingAndGoesOn();
  }

  private PictureContent spoilt(Verify verify) {
    byte[] picture = picture(1, MEMORY);
    InputStream bytes = spoiling(new ByteArrayInputStream(picture));
    return new PictureContent(bytes, picture.length, TAKEN, verify, null);
  }

  @Test
  void storeMakesTheFoldersThatAreMissingInTheArchive() throws IOException {
    assertThat(store("raw/2011/20110714/a.raw", picture(1, 10))).isEqualTo(stored());
    assertThat(store("raw/2011/20110714/b.raw", picture(2, 10))).isEqualTo(stored());

    assertThat(onDisk()).containsOnlyKeys("raw/2011/20110714/a.raw", "raw/2011/20110714/b.raw");
  }

  @Test
  void storeMakesTheArchiveWhereItsParentIs() throws IOException {
    Location picture = new Location("source1/new", "20110714/a.jpg");

    assertThat(server.store(picture, content(picture(1, 10)), () -> false)).isEqualTo(stored());

    assertThat(home.resolve("source1/new/20110714/a.jpg")).hasSize(10);
  }

  @Test
  void storeMakesNothingAboveTheArchive() throws IOException {
    Location picture = new Location("mistyped/pictures", "20110714/a.jpg");
    PictureContent content = content(picture(1, 10));

    assertThatThrownBy(() -> server.store(picture, content, () -> false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("mistyped/pictures");

    assertThat(home.resolve("mistyped")).doesNotExist();
    assertThat(content.bytes().available()).isEqualTo(10);
  }

  @Test
  void storeKeepsTheModifiedTimeToTheSecond() throws IOException {
    assertThat(store("20110714/a.jpg", picture(1, 10))).isEqualTo(stored());
    assertThat(store("20110714/b.jpg", picture(2, 0))).isEqualTo(stored(0));

    for (String name : List.of("a.jpg", "b.jpg")) {
      Instant modified =
          Files.getLastModifiedTime(archive.resolve("20110714").resolve(name)).toInstant();
      if (keepsTimes()) {
        assertThat(modified).isEqualTo(TAKEN);
      } else {
        assertThat(modified).isAfter(TAKEN);
      }
    }
  }

  @Test
  void storeWithoutModifiedTimeLeavesItToTheServer() throws IOException {
    byte[] picture = picture(1, 10);

    server.store(
        at("a.jpg"), new PictureContent(new ByteArrayInputStream(picture), 10, null), () -> false);

    assertThat(Files.getLastModifiedTime(archive.resolve("a.jpg")).toInstant()).isAfter(TAKEN);
  }

  @Test
  void pictureOfTheSameSizeIsThereAlready() throws IOException {
    put("20110714/a.jpg", picture(1, 10));
    Map<String, String> before = onDisk();

    assertThat(store("20110714/a.jpg", picture(2, 10))).isEqualTo(Stored.ALREADY_THERE);
    assertThat(
            server.store(at("20110714/a.jpg"), contentOfUnknownSize(picture(3, 10)), () -> false))
        .isEqualTo(Stored.ALREADY_THERE);

    assertThat(onDisk()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 11, 100_000})
  void pictureOfAnotherSizeIsNeverReplaced(int size) throws IOException {
    put("20110714/a.jpg", picture(1, 10));
    Map<String, String> before = onDisk();

    assertThatThrownBy(() -> store("20110714/a.jpg", picture(2, size)))
        .isInstanceOf(PictureExistsException.class);
    assertThatThrownBy(
            () ->
                server.store(
                    at("20110714/a.jpg"), contentOfUnknownSize(picture(2, size)), () -> false))
        .isInstanceOf(PictureExistsException.class);

    assertThat(onDisk()).isEqualTo(before);
  }

  @Test
  void folderOfThePicturesNameIsLeftAsItIs() throws IOException {
    put("a.jpg/b.jpg", picture(1, 10));
    Map<String, String> before = onDisk();

    assertThatThrownBy(() -> store("a.jpg", picture(2, 10)))
        .isInstanceOfAny(PictureExistsException.class, RefusedException.class);

    assertThat(onDisk()).isEqualTo(before);
  }

  @Test
  void pictureOfTheFoldersNameIsLeftAsItIs() throws IOException {
    put("a.jpg", picture(1, 10));
    Map<String, String> before = onDisk();

    assertThatThrownBy(() -> store("a.jpg/b.jpg", picture(2, 10)))
        .isInstanceOf(RefusedException.class);

    assertThat(onDisk()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 200_000})
  void pictureOfUnknownSizeIsStoredWhole(int size) throws IOException {
    byte[] picture = picture(1, size);

    assertThat(server.store(at("2011/a.jpg"), contentOfUnknownSize(picture), () -> false))
        .isEqualTo(stored(size));

    assertThat(archive.resolve("2011/a.jpg")).hasBinaryContent(picture);
    assertThat(onDisk()).hasSize(1);
  }

  @Test
  void storeCancelledMidwayLeavesNothing() throws IOException {
    AtomicInteger looks = new AtomicInteger();

    assertThatThrownBy(
            () ->
                server.store(
                    at("a.jpg"), content(picture(1, 1_000_000)), () -> looks.addAndGet(1) > 3))
        .isInstanceOf(CancelledException.class);

    leavesNothingAndGoesOn();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, -100_000, 100_000, -200_000})
  void contentThatIsNotAsLongAsAnnouncedIsNotStored(int more) throws IOException {
    InputStream bytes = new ByteArrayInputStream(picture(1, 200_000 + more));

    assertThatThrownBy(
            () -> server.store(at("a.jpg"), new PictureContent(bytes, 200_000, TAKEN), () -> false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(200_000 + more + " bytes, 200000 were announced");

    leavesNothingAndGoesOn();
  }

  @Test
  void contentThatCanNotBeReadToItsEndIsNotStored() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the spool broke");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    InputStream bytes =
        new SequenceInputStream(new ByteArrayInputStream(picture(1, 200_000)), broken);

    assertThatThrownBy(
            () -> server.store(at("a.jpg"), new PictureContent(bytes, -1, TAKEN), () -> false))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("the spool broke");

    leavesNothingAndGoesOn();
  }

  @Test
  void temporaryFileOfAKilledStoreIsListedAndRemoved() throws IOException {
    String folder = "day [1] *";
    for (String name : held(List.of("a.jpg", " a b\u00e4.jpg", "n".repeat(255)))) {
      String part = folder + "/" + new TemporaryNames(Owner.unknown()).of(name);
      put(part, picture(1, 10));
      assertThat(trusted(folder).pictures()).extracting(Picture::path).containsExactly(part);

      server.removeTemporary(at(part), () -> false);

      assertThat(onDisk()).as(name).isEmpty();
      server.removeTemporary(at(part), () -> false); // gone already: fine
    }
    server.removeTemporary(
        at("20110714/" + new TemporaryNames(Owner.unknown()).of("a.jpg")), () -> false);
  }

  @Test
  void nothingButATemporaryFileIsEverRemoved() throws IOException {
    String part = new TemporaryNames(Owner.unknown()).of("a.jpg");
    makeFolder(part);
    for (String path : List.of("a.jpg", ".a.jpg.part", part.substring(1), part + "/a.jpg")) {
      put(path, picture(1, 10));
      assertThatThrownBy(() -> server.removeTemporary(at(path), () -> false))
          .as(path)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("nothing else is ever removed");
    }
    removeFolderOfSuchAName(part);
    assertThat(onDisk()).hasSize(4);
  }

  @Test
  void foldersAreFoundAndMade() throws IOException {
    put("20110714/a.jpg", picture(1, 10));

    assertThat(server.exists(at(""), () -> false)).isTrue();
    assertThat(server.exists(at("20110714"), () -> false)).isTrue();
    assertThat(server.exists(at("20110715"), () -> false)).isFalse();
    assertThat(isFolder(at("20110714/a.jpg"))).isFalse();
    assertThat(server.exists(new Location("", ""), () -> false)).isTrue();
    assertThat(server.hasParent(at("20110715"), () -> false)).isTrue();
    assertThat(server.hasParent(at("2011/20110715"), () -> false)).isFalse();
    assertThat(server.hasParent(new Location("source2", ""), () -> false)).isTrue();
    assertThat(server.hasParent(new Location("source2/pictures", ""), () -> false)).isFalse();

    server.makeFolder(at("20110715"), false, () -> false);
    server.makeFolder(at("20110715"), false, () -> false);
    server.makeFolder(at("20110714"), true, () -> false);
    server.makeFolder(new Location("source2/pictures", ""), true, () -> false);

    assertThat(archive.resolve("20110715")).isEmptyDirectory();
    assertThat(home.resolve("source2/pictures")).isEmptyDirectory();
    assertThat(onDisk()).containsOnlyKeys("20110714/a.jpg");
  }

  @Test
  void folderIsNotMadeWithoutItsParentOrWhereAPictureIs() throws IOException {
    put("a.jpg", picture(1, 10));

    assertThatThrownBy(() -> server.makeFolder(at("2011/20110715"), false, () -> false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("createDestination");
    assertThatThrownBy(() -> server.makeFolder(at("a.jpg"), false, () -> false))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> server.makeFolder(at("a.jpg/b"), true, () -> false))
        .isInstanceOf(ArchiveException.class);

    assertThat(archive.resolve("2011")).doesNotExist();
  }

  @Test
  void manyThreadsWorkAtOnceWithinTheLimit() throws Exception {
    List<Integer> open = new ArrayList<>();

    atOnce(
        12,
        thread -> {
          for (int i = 0; i < 8; i++) {
            String path = "2011071%d/%d.jpg".formatted(i % 3, thread * 100 + i);
            byte[] content = picture(thread * 100 + i, 20_000 + i);
            assertThat(store(path, content)).isEqualTo(stored());
            assertThat(fetch(path, 20_000 + i).readAllBytes()).isEqualTo(content);
            assertThat(trustedAtLast("2011071" + i % 3).pictures())
                .extracting(Picture::path)
                .contains(path);
            synchronized (open) {
              open.add(server.openConnections());
            }
          }
          return Stored.STORED;
        });

    assertThat(onDisk()).hasSize(96);
    assertThat(open).allSatisfy(count -> assertThat(count).isBetween(0, CONNECTIONS));
  }

  @Test
  void picturesStoredByTwoAtOnceAreVisibleWhole() throws Exception {
    byte[] picture = picture(1, 500_000);

    List<Stored> stored = atOnce(8, thread -> storeOnceMore("20110714/a.jpg", picture));

    assertThat(stored).contains(stored());
    assertThat(archive.resolve("20110714/a.jpg")).hasBinaryContent(picture);
    assertThat(onDisk()).hasSize(1);
  }

  @Test
  void folderThatGoesBetweenTwoPicturesIsMadeAgain() throws IOException {
    assertThat(store("20110714/a.jpg", picture(1, 50_000))).isEqualTo(stored());
    assertThat(store("20110714/b.jpg", picture(2, 50_000))).isEqualTo(stored());
    Files.delete(archive.resolve("20110714/a.jpg"));
    Files.delete(archive.resolve("20110714/b.jpg"));
    Files.delete(archive.resolve("20110714"));

    assertThat(storeOnceMore("20110714/c.jpg", picture(3, 50_000))).isEqualTo(stored());
    assertThat(store("20110714/d.jpg", picture(4, 50_000))).isEqualTo(stored());

    assertThat(onDisk()).containsOnlyKeys("20110714/c.jpg", "20110714/d.jpg");
    assertThat(archive.resolve("20110714/c.jpg")).hasBinaryContent(picture(3, 50_000));
  }

  /** As the route does: a folder that another makes just then may be missing for the first try. */
  private Stored storeOnceMore(String path, byte[] picture) throws IOException {
    try {
      return store(path, picture);
    } catch (PassingException e) {
      return store(path, picture);
    }
  }

  @Test
  void closedServerHoldsNoConnection() throws IOException {
    trusted("");

    server.close();

    assertThat(server.openConnections()).isZero();
  }

  /** A server may also refuse it, where it can tell. */
  private void removeFolderOfSuchAName(String part) throws ArchiveException {
    try {
      server.removeTemporary(at(part), () -> false);
    } catch (RefusedException e) {
      assertThat(e).hasMessageContaining("folder");
    }
  }

  /** A server may also refuse to take a picture for a folder, where it can tell. */
  private boolean isFolder(Location location) throws ArchiveException {
    try {
      return server.exists(location, () -> false);
    } catch (RefusedException e) {
      assertThat(e).hasMessageContaining("is a file");
      return false;
    }
  }

  /** All but those that this kind of server can't hold. */
  private List<String> held(List<String> names) {
    List<String> held = new ArrayList<>();
    for (String name : names) {
      String reason = namesLeftOut().get(name);
      if (reason == null) {
        held.add(name);
      } else {
        System.err.printf("Left out for %s: '%s', %s%n", getClass().getSimpleName(), name, reason);
      }
    }
    return held;
  }

  private void leavesNothingAndGoesOn() throws IOException {
    assertThat(onDisk()).isEmpty();
    assertThat(store("b.jpg", picture(2, 10))).isEqualTo(stored());
    assertThat(onDisk()).containsOnlyKeys("b.jpg");
  }

  /** Alters the first byte on the server's disk before it ends. */
  private InputStream spoiling(InputStream bytes) {
    return new FilterInputStream(bytes) {
      private boolean spoilt;

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        if (read < 0 && !spoilt) {
          spoilt = true;
          Path part = Awaitility.await().until(() -> begun(), Objects::nonNull);
          try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
            int first = file.read();
            file.seek(0);
            file.write(~first);
          }
        }
        return read;
      }
    };
  }

  /** The temporary file when its first block has arrived, else null. */
  private @Nullable Path begun() throws IOException {
    try (var files = Files.list(archive)) {
      return files.filter(file -> file.toFile().length() > 65_536).findFirst().orElse(null);
    }
  }

  private interface Work {
    Stored by(int thread) throws IOException;
  }

  private static List<Stored> atOnce(int threads, Work work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Stored>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        all.add(() -> work.by(thread));
      }
      List<Stored> results = new ArrayList<>();
      for (Future<Stored> result : pool.invokeAll(all)) {
        results.add(result.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private Listing.Trusted trusted(String folder) throws ArchiveException {
    Listing listing = server.list(at(folder), () -> false);
    assertThat(listing).isInstanceOf(Listing.Trusted.class);
    return (Listing.Trusted) listing;
  }

  /** As the routes do: files come and go while it is listed. */
  private Listing.Trusted trustedAtLast(String folder) {
    return Awaitility.await()
        .ignoreException(PassingException.class)
        .until(() -> trusted(folder), Objects::nonNull);
  }

  private FetchedPicture fetch(String path, long size) throws ArchiveException {
    return server.fetch(at(path), size, spool, () -> false);
  }

  private Stored store(String path, byte[] picture) throws ArchiveException {
    return server.store(at(path), content(picture), () -> false);
  }

  private static PictureContent content(byte[] picture) {
    return new PictureContent(new ByteArrayInputStream(picture), picture.length, TAKEN);
  }

  private static PictureContent contentOfUnknownSize(byte[] picture) {
    return new PictureContent(new ByteArrayInputStream(picture), -1, TAKEN);
  }

  private static byte[] picture(int number, int size) {
    return Trees.picture(number, size);
  }

  private static Location at(String path) {
    return new Location(ARCHIVE, path);
  }

  private void put(String path, byte[] content) throws IOException {
    Trees.put(archive, path, content, TAKEN);
    handOver();
  }

  private void makeFolder(String path) throws IOException {
    Files.createDirectories(archive.resolve(path));
    handOver();
  }

  /** Takes the rights from everybody but root, to whom the folder belongs if it runs this. */
  private static void forbid(Path folder, String rights) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
    Files.setAttribute(folder, "unix:uid", Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  /** All files of the archive, hidden ones included. */
  private SortedMap<String, String> onDisk() throws IOException {
    return Trees.snapshot(archive);
  }

  private List<Path> spooled() throws IOException {
    if (!Files.exists(spool.folder())) {
      return List.of();
    }
    try (var files = Files.list(spool.folder())) {
      return files.toList();
    }
  }
}

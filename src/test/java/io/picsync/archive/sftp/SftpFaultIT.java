package io.picsync.archive.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.OpenServers;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.archive.UnsettledException;
import io.picsync.archive.Verify;
import io.picsync.testing.EmbeddedSftpServer;
import io.picsync.testing.FaultyTcpProxy;
import io.picsync.testing.FaultyTcpProxy.Kind;
import io.picsync.testing.FaultyTcpProxy.Way;
import io.picsync.testing.Trees;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that are cut or go silent, and a server that gives no names. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SftpFaultIT {
  private static final String PATH = "20110714/a.jpg";
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final byte[] PICTURE = Trees.picture(1, 3_000_000);
  private static final byte[] SMALL = Trees.picture(2, 10_000);

  private Path archive;
  private Path spooled;
  private Spool spool;
  private EmbeddedSftpServer sftp;
  private FaultyTcpProxy proxy;
  private Servers servers;
  private Server server;

  @BeforeEach
  void connect(@TempDir Path temporary) throws IOException {
    archive = temporary.resolve("home/cam");
    Files.createDirectories(archive.resolve("20110714"));
    spooled = temporary.resolve("spool");
    spool = new Spool(spooled, 1);
    sftp = EmbeddedSftpServer.start(temporary.resolve("home"), "camera", "secret");
    proxy = FaultyTcpProxy.start(sftp.port());
    servers =
        OpenServers.of(
            OpenServers.x(
                "uri",
                "sftp://127.0.0.1:" + proxy.port() + "?soTimeout=2000",
                "username",
                "camera",
                "password",
                "secret",
                "host-key",
                EmbeddedSftpServer.fingerprint(),
                "connections",
                "2"));
    server = servers.get("x");
    assertThat(server.exists(at(""), () -> false)).isTrue();
  }

  @AfterEach
  void close() throws IOException {
    servers.close();
    proxy.close();
    sftp.close();
  }

  private static Location at(String path) {
    return new Location("cam", path);
  }

  private Stored store(byte[] picture) throws ArchiveException {
    PictureContent content =
        new PictureContent(new ByteArrayInputStream(picture), picture.length, TAKEN);
    return server.store(at(PATH), content, () -> false);
  }

  private byte[] fetch(long size) throws IOException {
    FetchedPicture picture = server.fetch(at(PATH), size, spool, () -> false);
    try (picture) {
      return picture.readAllBytes();
    } finally {
      picture.release();
    }
  }

  /** Hidden ones included. */
  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  private void hasOnlyThePicture(byte[] picture) throws IOException {
    assertThat(files(archive)).containsExactly(Path.of(PATH));
    assertThat(archive.resolve(PATH)).hasBinaryContent(picture);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void fetchThatBreaksBringsNoPictureAndTheNextOneAll(Kind kind) throws IOException {
    Trees.put(archive, PATH, PICTURE, TAKEN);
    proxy.arm(kind, Way.TO_CLIENT, 1_000_000);

    assertThatThrownBy(() -> fetch(PICTURE.length))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("server x")
        .hasMessageContaining("cam/" + PATH)
        .hasMessageContaining(kind == Kind.CUT ? "broke" : "sent no byte for PT2S");

    assertThat(proxy.strikes()).isEqualTo(1);
    assertThat(files(spooled)).isEmpty();
    assertThat(fetch(PICTURE.length)).isEqualTo(PICTURE);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void listingThatBreaksIsNoListing(Kind kind) throws IOException {
    for (int number = 0; number < 3000; number++) {
      Files.createFile(archive.resolve("20110714/%04d.jpg".formatted(number)));
    }
    proxy.arm(kind, Way.TO_CLIENT, 100_000);

    assertThatThrownBy(() -> server.list(at("20110714"), () -> false))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("server x")
        .hasMessageContaining("cam/20110714");

    assertThat(proxy.strikes()).isEqualTo(1);
    assertThat(server.list(at("20110714"), () -> false))
        .isInstanceOfSatisfying(
            Listing.Trusted.class, listing -> assertThat(listing.pictures()).hasSize(3000));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void storeThatBreaksLeavesNothingAndTheNextOneAll(Kind kind) throws IOException {
    proxy.arm(kind, Way.TO_SERVER, 1_000_000);

    assertThatThrownBy(() -> store(PICTURE))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("server x")
        .hasMessageContaining("cam/" + PATH);

    assertThat(proxy.strikes()).isEqualTo(1);
    assertThat(files(archive)).isEmpty();
    assertThat(store(PICTURE)).isEqualTo(Stored.HASHED);
    hasOnlyThePicture(PICTURE);
  }

  @Test
  void whereverTheAnswersToAStoreEndThePictureIsThereWholeOrNotAtAll() throws IOException {
    int cuts = -1;
    for (int bytes = 0; proxy.strikes() > cuts; bytes += 70) {
      cuts = proxy.strikes();
      proxy.arm(Kind.CUT, Way.TO_CLIENT, bytes);
      try {
        store(SMALL);
        hasOnlyThePicture(SMALL); // no answer was cut, or only one on the temporary file's end
      } catch (PassingException e) {
        if (!files(archive).isEmpty()) {
          hasOnlyThePicture(SMALL);
        }
      }
      proxy.disarm();
      assertThat(store(SMALL)).isIn(Stored.HASHED, Stored.ALREADY_THERE);
      hasOnlyThePicture(SMALL);
      Files.delete(archive.resolve(PATH));
    }
    assertThat(cuts).isGreaterThan(5);
  }

  @Test
  void nameThatIsRefusedLeavesNothing() throws IOException {
    sftp.refuseNames(true);

    assertThatThrownBy(() -> store(SMALL))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("can't be renamed to its name")
        .hasMessageContaining("server x");

    assertThat(files(archive)).isEmpty();
    sftp.refuseNames(false);
    assertThat(store(SMALL)).isEqualTo(Stored.HASHED);
    hasOnlyThePicture(SMALL);
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void serverThatBringsLessThanItToldIsAskedForTheRestFromThenOn() throws IOException {
    Trees.put(archive, PATH, SMALL, TAKEN);
    sftp.onRead(asked -> Math.min(asked, 3_000));

    assertThatThrownBy(() -> fetch(SMALL.length))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("was fetched in part")
        .hasMessageContaining("3000 bytes came");

    assertThat(fetch(SMALL.length)).isEqualTo(SMALL);
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void pictureThatGrowsWhileItIsReadIsUnsettled() throws IOException {
    Trees.put(archive, PATH, SMALL, TAKEN);
    sftp.onRead(
        asked -> {
          try {
            Files.write(archive.resolve(PATH), new byte[1], StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return asked;
        });

    assertThatThrownBy(() -> fetch(SMALL.length))
        .isInstanceOf(UnsettledException.class)
        .hasMessageContaining("listed with 10000 bytes and more came");
  }

  /** As what an operator's step unpacks or changes. */
  @Test
  void bytesThatComeInSmallPiecesGoInFewRequests() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    sftp.onWrite(offset -> requests.incrementAndGet() > 0);
    InputStream pieces =
        new FilterInputStream(new ByteArrayInputStream(PICTURE)) {
          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return super.read(into, offset, Math.min(length, 700));
          }
        };

    server.store(at(PATH), new PictureContent(pieces, PICTURE.length, TAKEN), () -> false);

    hasOnlyThePicture(PICTURE);
    assertThat(requests).hasValueLessThanOrEqualTo(PICTURE.length / (32 * 1024 - 700) + 1);
  }

  /** The size is right then: only the answer to WRITE tells of the hole. */
  @ParameterizedTest
  @ValueSource(ints = {300_000, 3_000_000})
  void pictureOfWhichOneWriteWasRefusedIsNotStored(int size) {
    byte[] picture = Trees.picture(3, size);
    AtomicBoolean refused = new AtomicBoolean();
    sftp.onWrite(offset -> refused.getAndSet(true));
    PictureContent content =
        new PictureContent(new ByteArrayInputStream(picture), size, TAKEN, Verify.size, null);

    assertThatThrownBy(() -> server.store(at(PATH), content, () -> false))
        .isInstanceOf(NoSpaceException.class)
        .hasMessageContaining("could not be written on server x");

    assertThat(refused).isTrue();
    assertThat(archive.resolve(PATH)).doesNotExist();
    assertThat(archive.resolve("20110714")).isEmptyDirectory();
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void serverThatDoesNotTellItsSpaceHasNoneToTell() throws IOException {
    assertThat(server.freeSpace(at(""), () -> false)).isEmpty();
  }
}

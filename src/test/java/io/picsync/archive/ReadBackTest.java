package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReadBackTest {
  private static final byte[] PICTURE = bytes(300_000);

  private final Path folder;

  ReadBackTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Where the bytes are that are stored. */
  enum Kept {
    IN_MEMORY,
    IN_FILE,
    IN_A_STREAM
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }

  private PictureContent content(Kept kept) throws IOException {
    InputStream bytes =
        switch (kept) {
          case IN_MEMORY ->
              FetchedPicture.inMemory(
                  PICTURE.clone(), PICTURE.length, new PictureBuffers(), Instant.EPOCH);
          case IN_FILE ->
              FetchedPicture.inFile(
                  Files.write(folder.resolve("spooled"), PICTURE), PICTURE.length, Instant.EPOCH);
          case IN_A_STREAM -> new ByteArrayInputStream(PICTURE);
        };
    return new PictureContent(bytes, PICTURE.length, null).toBeReadBack();
  }

  /** Sends all, takes back what came, compares. */
  private void readBack(Kept kept, byte[] came) throws IOException {
    PictureContent content = content(kept);
    Pump.move(content.bytes(), OutputStream.nullOutputStream(), 4096, () -> false, "send");
    ReadBack back = Objects.requireNonNull(content.readBack());
    try (OutputStream received = back.receiving()) {
      received.write(came[0] & 0xff);
      Pump.move(
          new ByteArrayInputStream(came, 1, came.length - 1), received, 1000, () -> false, "back");
    }
    back.compare(new Location("cam", "a.jpg"), "x");
  }

  @ParameterizedTest
  @EnumSource
  void sameBytesAreFine(Kept kept) {
    assertThatCode(() -> readBack(kept, PICTURE)).doesNotThrowAnyException();
  }

  private void isFoundOut(Kept kept, byte[] came) {
    assertThatThrownBy(() -> readBack(kept, came))
        .isInstanceOf(PassingException.class)
        .hasMessageContaining("a.jpg")
        .hasMessageContaining("not what was sent");
  }

  @ParameterizedTest
  @EnumSource
  void oneOtherByteIsFoundOutWhereverItIs(Kept kept) {
    for (int at : new int[] {0, 1, 150_000, PICTURE.length - 1}) {
      byte[] altered = PICTURE.clone();
      altered[at]++;

      isFoundOut(kept, altered);
    }
  }

  @ParameterizedTest
  @EnumSource
  void byteLessAndByteMoreAreFoundOut(Kept kept) {
    isFoundOut(kept, Arrays.copyOf(PICTURE, PICTURE.length - 1));
    isFoundOut(kept, Arrays.copyOf(PICTURE, PICTURE.length + 1));
  }

  @ParameterizedTest
  @EnumSource
  void nothingThatCameBackIsFoundOut(Kept kept) throws IOException {
    PictureContent content = content(kept);
    content.bytes().readAllBytes();
    ReadBack back = Objects.requireNonNull(content.readBack());

    assertThatThrownBy(() -> back.compare(new Location("cam", "a.jpg"), "x"))
        .isInstanceOf(PassingException.class);
  }
}

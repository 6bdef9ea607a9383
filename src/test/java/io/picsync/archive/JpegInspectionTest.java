package io.picsync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JpegInspectionTest {
  private static final byte[] WHOLE = jpeg(200);

  private static byte[] jpeg(int width) {
    BufferedImage image = new BufferedImage(width, 100, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int x = 0; x < width; x++) {
      image.setRGB(x, x % 100, random.nextInt());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** As cameras do: a small JPEG, end marker and all, in the segment behind the start. */
  private static byte[] withPreview(byte[] jpeg) {
    byte[] preview = jpeg(16);
    int length = 2 + preview.length;
    return joined(
        Arrays.copyOf(jpeg, 2),
        new byte[] {(byte) 0xFF, (byte) 0xE1, (byte) (length >> 8), (byte) length},
        preview,
        Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static Optional<String> damage(byte[] bytes) throws IOException {
    return FetchedPicture.inMemory(bytes, bytes.length, new PictureBuffers(), null).damage("a.JPG");
  }

  @Test
  void wholePicturesAreNotDamaged() throws IOException {
    assertThat(damage(WHOLE)).isEmpty();
    assertThat(damage(withPreview(WHOLE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 100_000})
  void zerosBehindTheEndAreNoDamage(int zeros) throws IOException {
    assertThat(damage(joined(WHOLE, new byte[zeros]))).isEmpty();
  }

  @Test
  void fewBytesOfTheCamerasOwnBehindTheEndAreNoDamage() throws IOException {
    byte[] own = "camera 7, 21.5 degrees".getBytes(StandardCharsets.UTF_8);

    assertThat(damage(joined(WHOLE, own))).isEmpty();
    assertThat(damage(joined(WHOLE, own, new byte[500]))).isEmpty();
  }

  @Test
  void pictureThatIsCutAnywhereLacksItsEndMarker() throws IOException {
    byte[] whole = withPreview(WHOLE);
    for (int length = 4; length < whole.length - 1; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(damage(cut)).as("cut at %d", length).isPresent();
    }
    assertThat(damage(Arrays.copyOf(whole, whole.length - 1))).contains("no end marker");
  }

  @Test
  void zerosInsteadOfTheRestAreAZeroFilledTail() throws IOException {
    byte[] half = Arrays.copyOf(WHOLE, WHOLE.length / 2);

    assertThat(damage(Arrays.copyOf(half, WHOLE.length))).contains("zero-filled tail");
    assertThat(damage(Arrays.copyOf(withPreview(WHOLE), 30_000_000))).isEmpty();
  }

  @Test
  void nothingAtAllAndSomethingElseAreToldApart() throws IOException {
    assertThat(damage(new byte[0])).contains("zero bytes");
    assertThat(damage(new byte[1000])).contains("no start marker");
    assertThat(damage("<html>login</html>".getBytes(StandardCharsets.UTF_8)))
        .contains("no start marker");
    assertThat(damage(new byte[] {(byte) 0xFF})).contains("no end marker");
  }

  @Test
  void largePictureInASpoolFileIsLookedAtToo(@TempDir Path folder) throws IOException {
    byte[] large = joined(Arrays.copyOf(WHOLE, WHOLE.length / 2), new byte[100_000]);
    Path file = Files.write(folder.resolve("a.spool"), large);
    assertThat(FetchedPicture.inFile(file, large.length, null).damage("a.jpeg"))
        .contains("zero-filled tail");

    Files.write(file, joined(withPreview(WHOLE), new byte[100_000]));
    assertThat(FetchedPicture.inFile(file, Files.size(file), null).damage("a.jpeg")).isEmpty();
  }

  @Test
  void onlyJpegsAreLookedAt() throws IOException {
    FetchedPicture raw = FetchedPicture.inMemory(new byte[0], 0, new PictureBuffers(), null);

    assertThat(raw.damage("a.raw")).isEmpty();
    assertThat(raw.damage("jpg")).isEmpty();
    assertThat(raw.damage("a.jpeg")).isPresent();
  }
}

package io.picsync.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as a time-lapse camera over a mountain lake would take it. The same time and size give
 * the same bytes on one Java version. Needs no display and no fonts. Safe for any thread.
 */
final class SkyPicture {
  private static final LocalDateTime EPOCH = LocalDateTime.of(2011, 1, 1, 0, 0);
  private static final float QUALITY = 0.86f;

  private SkyPicture() {}

  /** The JPEG of one moment, with the time written at the bottom left. */
  static byte[] jpeg(LocalDateTime captured, int width, int height) {
    return encode(paint(captured, width, height));
  }

  static BufferedImage paint(LocalDateTime captured, int width, int height) {
    Canvas canvas = new Canvas(width, height);
    Daylight daylight = new Daylight(captured);
    Duration age = Duration.between(EPOCH, captured);
    new Sky(canvas, daylight, age.toSeconds() / 60f).paint();
    new Landscape(canvas, daylight, captured).paint();
    Stamp.draw(canvas, captured);
    float grain = 0.012f + 0.02f * daylight.night;
    return canvas.develop(grain, new SplittableRandom(age.toSeconds()));
  }

  private static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam options = writer.getDefaultWriteParam();
      options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      options.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), options);
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding a picture in memory failed.", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}

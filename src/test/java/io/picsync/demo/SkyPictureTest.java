package io.picsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class SkyPictureTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2011, 7, 14, 12, 0);

  @Test
  void pictureIsWholeJpegOfTheSizeAsked() throws IOException {
    byte[] jpeg = SkyPicture.jpeg(NOON, 320, 180);

    assertThat(jpeg).startsWith(0xff, 0xd8, 0xff).endsWith(0xff, 0xd9);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(320);
    assertThat(image.getHeight()).isEqualTo(180);
  }

  @Test
  void sameMomentGivesSameBytes() {
    assertThat(SkyPicture.jpeg(NOON, 160, 90)).isEqualTo(SkyPicture.jpeg(NOON, 160, 90));
  }

  @Test
  void nextMomentGivesOtherBytes() {
    assertThat(SkyPicture.jpeg(NOON, 160, 90))
        .isNotEqualTo(SkyPicture.jpeg(NOON.plusSeconds(10), 160, 90));
  }

  @Test
  void skyIsDarkAtNightOrangeAtDawnAndBlueAtNoon() {
    Rgb night = sky(LocalDateTime.of(2011, 7, 14, 1, 0));
    Rgb dawn = sky(LocalDateTime.of(2011, 7, 14, 5, 40));
    Rgb noon = sky(NOON);

    assertThat(night.red() + night.green() + night.blue()).isLessThan(0.6f);
    assertThat(dawn.red()).isGreaterThan(dawn.blue());
    assertThat(noon.blue()).isGreaterThan(noon.red()).isGreaterThan(0.6f);
  }

  @Test
  void windowsAreLitInTheEveningOnlyStreetLampsLateAtNightAndNothingAtNoon() {
    int evening = lamps(LocalDateTime.of(2011, 7, 14, 22, 0));
    int late = lamps(LocalDateTime.of(2011, 7, 14, 2, 30));

    assertThat(late).isPositive();
    assertThat(evening).isGreaterThan(late * 2);
    assertThat(lamps(NOON)).isZero();
  }

  @Test
  void captureTimeIsWrittenAtTheBottomLeft() {
    BufferedImage image = SkyPicture.paint(LocalDateTime.of(2011, 7, 14, 1, 0), 320, 180);

    assertThat(inked(image, 6, 167, 102, 174)).isBetween(150, 300);
    assertThat(inked(image, 110, 167, 319, 174)).isZero();
  }

  @Test
  void anyDayOfTheYearAndAnyShapeCanBePainted() {
    for (int month = 1; month <= 12; month++) {
      assertThat(SkyPicture.jpeg(LocalDateTime.of(2012, month, 29, month, 30), 64, 48))
          .isNotEmpty();
    }
    assertThat(SkyPicture.jpeg(NOON, 30, 90)).isNotEmpty();
    assertThat(SkyPicture.jpeg(NOON, 1, 1)).isNotEmpty();
  }

  /** The mean colour of the sky's lower part. */
  private static Rgb sky(LocalDateTime time) {
    BufferedImage image = SkyPicture.paint(time, 160, 90);
    Rgb sum = new Rgb(0, 0, 0);
    for (int x = 0; x < 160; x++) {
      for (int y = 15; y < 30; y++) {
        int pixel = image.getRGB(x, y);
        sum = sum.plus(Rgb.of(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255));
      }
    }
    return sum.times(1 / (160f * 15));
  }

  /** Pixels of warm light between the hill and the shore. */
  private static int lamps(LocalDateTime time) {
    BufferedImage image = SkyPicture.paint(time, 640, 360);
    int count = 0;
    for (int x = 320; x < 600; x++) {
      for (int y = 270; y < 293; y++) {
        int pixel = image.getRGB(x, y);
        int red = pixel >> 16 & 255;
        if (red > 180 && red > (pixel & 255) * 3 / 2) {
          count++;
        }
      }
    }
    return count;
  }

  private static int inked(BufferedImage image, int left, int top, int right, int bottom) {
    int count = 0;
    for (int x = left; x < right; x++) {
      for (int y = top; y < bottom; y++) {
        if ((image.getRGB(x, y) & 255) > 200) {
          count++;
        }
      }
    }
    return count;
  }
}

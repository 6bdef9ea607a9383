package io.picsync.demo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.SplittableRandom;

/**
 * The picture while it is painted, row by row from the top left. Painting outside it has no effect.
 * For one thread.
 */
final class Canvas {
  final int width;
  final int height;
  private final float[] red;
  private final float[] green;
  private final float[] blue;

  Canvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.red = new float[width * height];
    this.green = new float[width * height];
    this.blue = new float[width * height];
  }

  void set(int x, int y, Rgb colour) {
    mix(x, y, colour, 1);
  }

  void mix(int x, int y, Rgb colour, float share) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    int i = y * width + x;
    red[i] += (colour.red() - red[i]) * share;
    green[i] += (colour.green() - green[i]) * share;
    blue[i] += (colour.blue() - blue[i]) * share;
  }

  void add(int x, int y, Rgb light, float share) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    int i = y * width + x;
    red[i] += light.red() * share;
    green[i] += light.green() * share;
    blue[i] += light.blue() * share;
  }

  /** Adds a round light that fades with the distance from its centre. */
  void glow(float centreX, float centreY, float radius, Rgb light, float strength) {
    int reach = (int) Math.ceil(radius);
    for (int y = (int) centreY - reach; y <= centreY + reach; y++) {
      for (int x = (int) centreX - reach; x <= centreX + reach; x++) {
        float distance = (float) Math.hypot(x - centreX, y - centreY) / radius;
        if (distance < 1) {
          float share = (1 - distance) * (1 - distance);
          add(x, y, light, share * strength);
        }
      }
    }
  }

  Rgb get(int x, int y) {
    int i = Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
    return new Rgb(red[i], green[i], blue[i]);
  }

  /** The finished picture with the grain of a camera sensor. */
  BufferedImage develop(float grain, SplittableRandom random) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    long bits = 0;
    for (int i = 0; i < pixels.length; i++) {
      bits = i % 4 == 0 ? random.nextLong() : bits >>> 16;
      float noise = ((bits & 0xff) + (bits >>> 8 & 0xff) - 255) / 255f * grain;
      pixels[i] =
          level(red[i] + noise) << 16 | level(green[i] + noise) << 8 | level(blue[i] + noise);
    }
    return image;
  }

  private static int level(float value) {
    return Math.min(255, Math.max(0, Math.round(value * 255)));
  }
}

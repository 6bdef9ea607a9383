package io.picsync.demo;

/** A colour, or a light that multiplies one; channels from 0 to 1, above 1 when overexposed. */
record Rgb(float red, float green, float blue) {

  static Rgb of(int red, int green, int blue) {
    return new Rgb(red / 255f, green / 255f, blue / 255f);
  }

  /** This colour at share 0, the other at share 1. */
  Rgb mix(Rgb other, float share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  Rgb times(float factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }

  Rgb times(Rgb light) {
    return new Rgb(red * light.red, green * light.green, blue * light.blue);
  }

  Rgb plus(Rgb other) {
    return new Rgb(red + other.red, green + other.green, blue + other.blue);
  }

  /** The share of a ramp from one value to another, eased, 0 before it and 1 after it. */
  static float ramp(float from, float to, float value) {
    float t = Math.min(1, Math.max(0, (value - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }
}

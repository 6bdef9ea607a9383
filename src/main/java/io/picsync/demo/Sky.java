package io.picsync.demo;

import java.util.SplittableRandom;

/** Paints the sky: its gradient, stars, moon, sun and the clouds before them. */
final class Sky {
  /** The height of the horizon, from the top, in picture heights. */
  static final float HORIZON = 0.7f;

  private static final int STARS = 700;
  private static final Rgb EMBER = Rgb.of(255, 112, 40);
  private static final Rgb SUN = Rgb.of(255, 246, 222);
  private static final Rgb MOON = Rgb.of(236, 232, 214);

  private final Canvas canvas;
  private final Daylight daylight;
  private final float minutes;
  private final int bottom;

  /** A sky whose stars and clouds have moved on for so many minutes. */
  Sky(Canvas canvas, Daylight daylight, float minutes) {
    this.canvas = canvas;
    this.daylight = daylight;
    this.minutes = minutes;
    this.bottom = Math.round(canvas.height * HORIZON);
  }

  void paint() {
    paintGradient();
    if (daylight.night > 0) {
      paintStars();
      paintMoon();
    }
    paintSun();
    paintClouds();
  }

  private void paintGradient() {
    float sunX = daylight.sunX * canvas.width;
    for (int y = 0; y < canvas.height; y++) {
      float height = (bottom - y) / (float) bottom;
      Rgb colour = daylight.sky(height);
      float dy = (bottom - y) * 2.1f / canvas.height;
      for (int x = 0; x < canvas.width; x++) {
        canvas.set(x, y, colour);
        if (daylight.twilight > 0) {
          float dx = (x - sunX) * 0.75f / canvas.height;
          float share = 0.16f / (0.16f + dx * dx + dy * dy);
          canvas.mix(x, y, EMBER, 0.62f * share * daylight.twilight);
        }
      }
    }
  }

  /** Turns the stars slowly round a pole far above the picture. */
  private void paintStars() {
    SplittableRandom random = new SplittableRandom(47);
    double turn = Math.toRadians(minutes * 0.2507);
    float reach = canvas.width * 0.95f;
    float size = canvas.height / 360f;
    for (int star = 0; star < STARS * 4; star++) {
      double angle = random.nextDouble() * 2 * Math.PI + turn;
      double distance = Math.sqrt(random.nextDouble()) * reach;
      float bright = (float) Math.pow(random.nextDouble(), 5);
      float warm = (float) random.nextDouble();
      int x = (int) (canvas.width * 0.5 + distance * Math.cos(angle));
      int y = (int) (-canvas.height * 0.25 + distance * Math.sin(angle));
      if (y < 0 || y >= bottom) {
        continue;
      }
      float haze = Rgb.ramp(0, 0.55f, (bottom - y) / (float) bottom);
      Rgb colour = new Rgb(0.8f + 0.2f * warm, 0.88f, 1 - 0.2f * warm);
      float strength = (0.2f + 0.9f * bright) * haze * daylight.night;
      canvas.add(x, y, colour, strength);
      if (bright > 0.45f) {
        canvas.glow(x, y, 2.4f * size, colour, strength * 0.5f);
      }
    }
  }

  private void paintMoon() {
    float radius = canvas.height * 0.026f;
    float centreX = daylight.moonX * canvas.width;
    float centreY = bottom - daylight.moonY * canvas.height;
    float strength = daylight.night;
    canvas.glow(
        centreX, centreY, radius * 8, Rgb.of(90, 104, 140), 0.5f * strength * daylight.moonShare());
    float terminator = (float) Math.cos(2 * Math.PI * daylight.moonPhase);
    for (int y = (int) (-radius - 1); y <= radius + 1; y++) {
      for (int x = (int) (-radius - 1); x <= radius + 1; x++) {
        float edge = Math.min(1, Math.max(0, radius + 0.5f - (float) Math.hypot(x, y)));
        float limb = (float) Math.sqrt(Math.max(0, radius * radius - y * y));
        float across = daylight.moonPhase < 0.5f ? x : -x;
        float lit = Math.min(1, Math.max(0, across - terminator * limb + 0.5f));
        float sea = 0.8f + 0.3f * Noise.at(x * 3.2f / radius + 40, y * 3.2f / radius + 9);
        canvas.mix(
            (int) centreX + x,
            (int) centreY + y,
            MOON.times(Math.min(1, sea)),
            edge * (0.04f + 0.96f * lit) * strength);
      }
    }
  }

  private void paintSun() {
    float strength = Rgb.ramp(-3, 2, daylight.elevation);
    if (strength == 0) {
      return;
    }
    float high = Rgb.ramp(2, 18, daylight.elevation);
    Rgb colour = Rgb.of(255, 196, 120).mix(SUN, high);
    float sunX = daylight.sunX * canvas.width;
    float sunY = bottom - daylight.sunY * canvas.height;
    float disc = 0.02f + 0.004f * (1 - high);
    for (int y = 0; y < bottom; y++) {
      float dy = (y - sunY) / canvas.height;
      for (int x = 0; x < canvas.width; x++) {
        float dx = (x - sunX) / canvas.width * canvas.width / canvas.height;
        float square = dx * dx + dy * dy;
        float halo = 0.0045f / (0.0045f + square) * 0.75f + 0.07f / (0.07f + square) * 0.22f;
        float core = Rgb.ramp(disc * 1.25f, disc * 0.8f, (float) Math.sqrt(square));
        canvas.mix(x, y, colour, Math.min(1, halo * 0.85f) * strength);
        canvas.add(x, y, colour, core * strength);
      }
    }
  }

  private void paintClouds() {
    float drift = minutes * 0.006f;
    float cover = 0.24f + 0.32f * Noise.at(minutes / 260f, 31.4f);
    float sunX = daylight.sunX * canvas.width;
    float sunY = bottom - daylight.sunY * canvas.height;
    for (int y = 0; y < bottom; y++) {
      float above = (bottom - y) / (float) bottom;
      float depth = 1 / (above + 0.22f);
      float fade = Rgb.ramp(0.02f, 0.2f, above);
      int octaves = above < 0.2f ? 4 : 5;
      for (int x = 0; x < canvas.width; x++) {
        float u = (x - canvas.width * 0.5f) / canvas.height * depth * 1.7f + drift;
        float v = depth * 4.2f + drift * 0.15f;
        float cloud = Noise.fractal(u + 60, v + minutes * 0.0012f, octaves);
        float density = Rgb.ramp(0.8f - cover, 1.02f - cover, cloud);
        if (density <= 0) {
          continue;
        }
        float dx = (sunX - x) / canvas.width;
        float dy = (sunY - y) / canvas.height;
        float away = 0.22f / (float) Math.sqrt(dx * dx + dy * dy + 0.01f);
        float towards = Noise.fractal(u + 60 + dx * away, v + dy * away * 0.8f, 3);
        float lit = Math.min(1, Math.max(0, 0.62f + (cloud - towards) * 2.6f - density * 0.18f));
        float far = Math.min(1, dx * dx * 1.6f) * daylight.twilight;
        Rgb colour = daylight.cloudShade().mix(daylight.cloud(), lit * (1 - 0.55f * far));
        canvas.mix(x, y, colour, density * fade * 0.93f);
      }
    }
  }
}

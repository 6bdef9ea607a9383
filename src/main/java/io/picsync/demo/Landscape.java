package io.picsync.demo;

import java.time.LocalDateTime;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Paints what never moves: mountains, forest, a village and the lake that mirrors them. */
final class Landscape {
  /** The height of the shore, from the top, in picture heights. */
  private static final float SHORE = 0.815f;

  private static final int HOUSES = 17;
  private static final Rgb LAMP = Rgb.of(255, 196, 112);
  private static final Rgb WATER = Rgb.of(38, 66, 84);

  private static final Rgb ROCK = Rgb.of(98, 100, 112);
  private static final Rgb SNOW = Rgb.of(244, 247, 252);

  /** Each mountain's place and half width in picture widths, its height in picture heights. */
  private static final float[][] PEAKS = {
    {0.02f, 0.17f, 0.15f},
    {0.13f, 0.20f, 0.12f},
    {0.28f, 0.35f, 0.19f},
    {0.40f, 0.23f, 0.15f},
    {0.57f, 0.13f, 0.14f},
    {0.75f, 0.19f, 0.15f},
    {0.87f, 0.27f, 0.17f},
    {1.01f, 0.18f, 0.13f},
  };

  private static final Wood MOUNTAIN = new Wood(0.69f, 0.10f, 1.5f, 71, Rgb.of(62, 86, 78), 0.28f);
  private static final Wood HILL = new Wood(0.755f, 0.09f, 2.1f, 113, Rgb.of(50, 76, 44), 0.08f);

  private final Canvas canvas;
  private final Daylight daylight;
  private final LocalDateTime time;
  private final Rgb light;
  private final Rgb haze;
  private final int shore;

  /** A wooded ridge: its skyline as noise round a base height, and how misty it looks. */
  private record Wood(
      float base, float amplitude, float rate, float seed, Rgb green, float misty) {}

  Landscape(Canvas canvas, Daylight daylight, LocalDateTime time) {
    this.canvas = canvas;
    this.daylight = daylight;
    this.time = time;
    this.light = daylight.light();
    this.haze = daylight.sky(0.03f);
    this.shore = Math.round(canvas.height * SHORE);
  }

  void paint() {
    paintAlps();
    paintWood(MOUNTAIN, x -> skyline(HILL, x));
    paintWood(HILL, x -> shore);
    paintMeadow();
    paintVillage();
    paintLake();
  }

  private void paintAlps() {
    for (int x = 0; x < canvas.width; x++) {
      float across = x / (float) canvas.height;
      int first = Math.round(alps(x) * canvas.height);
      int last = skyline(MOUNTAIN, x);
      for (int y = Math.max(0, first); y < last; y++) {
        float down = y / (float) canvas.height;
        float relief = relief(across, down, 9, 5);
        float line = 0.48f + 0.3f * (Noise.fractal(across * 6, down * 8, 3) - 0.5f);
        float snow = Rgb.ramp(line + 0.04f, line - 0.03f, down - 0.24f * (relief - 0.7f));
        Rgb ground = ROCK.mix(SNOW, snow).times(Math.min(1.12f, relief + 0.22f * snow));
        float misty = 0.2f + 0.42f * Rgb.ramp(0.36f, 0.68f, down);
        canvas.set(x, y, ground.times(light).mix(haze, misty));
      }
    }
  }

  private void paintWood(Wood wood, IntUnaryOperator end) {
    for (int x = 0; x < canvas.width; x++) {
      float across = x / (float) canvas.height;
      int first = skyline(wood, x);
      int last = end.applyAsInt(x);
      for (int y = Math.max(0, first); y < last; y++) {
        float down = y / (float) canvas.height;
        float relief = relief(across + wood.seed, down, 11, 2);
        float tree = Noise.at(across * 95 + wood.seed, down * 80);
        Rgb colour = wood.green.times(0.7f * relief + 0.45f * tree).times(light);
        float valley = wood.misty + 0.18f * Rgb.ramp(0.6f, 0.8f, down);
        canvas.set(x, y, colour.mix(haze, valley));
      }
    }
  }

  /** The skyline of the mountains above one column, from the top, in picture heights. */
  private float alps(int x) {
    float at = x / (float) canvas.width;
    float height = 0.05f;
    for (float[] peak : PEAKS) {
      float slope = 1 - Math.abs(at - peak[0]) / peak[2];
      height = Math.max(height, peak[1] * Math.max(0, slope) * (0.75f + 0.25f * slope));
    }
    float across = x / (float) canvas.height;
    float rough = Noise.fractal(across * 6 + 9, 3.3f, 5) - 0.5f;
    return Sky.HORIZON - 0.03f - height - rough * (0.05f + 0.22f * height);
  }

  /** The first row of a wooded ridge in one column. */
  private int skyline(Wood wood, int x) {
    float across = x / (float) canvas.height;
    float hill = Noise.fractal(across * wood.rate + wood.seed, 2.2f, 4);
    float trees = Noise.at(across * 90 + wood.seed, 0.5f) * 0.011f;
    float top = wood.base - wood.amplitude * (hill - 0.45f) * 1.8f - trees;
    return Math.round(top * canvas.height);
  }

  private void paintMeadow() {
    for (int x = 0; x < canvas.width; x++) {
      float across = x / (float) canvas.height;
      float top = 0.79f - 0.03f * (Noise.fractal(across * 1.9f + 5, 77, 3) - 0.3f);
      for (int y = Math.round(top * canvas.height); y < shore; y++) {
        float blade = Noise.at(across * 60, y * 140f / canvas.height);
        float field = Noise.fractal(across * 5 + 3, y * 22f / canvas.height, 2);
        Rgb grass = Rgb.of(86, 122, 52).mix(Rgb.of(138, 146, 74), field);
        canvas.set(x, y, grass.times(0.8f + 0.3f * blade).times(light).mix(haze, 0.07f));
      }
    }
  }

  private void paintVillage() {
    SplittableRandom random = new SplittableRandom(1855);
    for (int house = 0; house < HOUSES; house++) {
      float left = 0.52f + 0.4f * (house + (float) random.nextDouble() * 0.7f) / HOUSES;
      float ground = SHORE - 0.006f - 0.02f * (float) random.nextDouble();
      float width = 0.026f + 0.014f * (float) random.nextDouble();
      float height = 0.017f + 0.009f * (float) random.nextDouble();
      Rgb wall = Rgb.of(236, 228, 210).mix(Rgb.of(150, 116, 84), (float) random.nextDouble());
      paintHouse(left, ground, width, height, wall, random);
      if (house == HOUSES / 2) {
        paintChurch(left + 0.012f, ground);
      }
    }
    for (int lamp = 0; lamp < 9; lamp++) {
      float x = (0.5f + 0.052f * lamp) * canvas.width;
      paintLamp(x, shore - canvas.height * 0.009f, 0.75f);
    }
  }

  private void paintHouse(
      float left, float ground, float width, float height, Rgb wall, SplittableRandom random) {
    int x0 = Math.round(left * canvas.width);
    int x1 = x0 + Math.max(3, Math.round(width * canvas.height));
    int y1 = Math.round(ground * canvas.height);
    int y0 = y1 - Math.max(2, Math.round(height * canvas.height));
    fill(x0, y0, x1, y1, wall);
    paintRoof(x0 - 1, x1 + 1, y0, Math.max(2, (x1 - x0) / 3), Rgb.of(126, 68, 52));
    int unit = Math.max(1, Math.round(canvas.height / 240f));
    for (int x = x0 + unit; x + unit <= x1; x += 3 * unit) {
      float bedtime = 21.2f + 3.6f * (float) Math.pow(random.nextDouble(), 0.8);
      float rising = 5 + 2.2f * (float) random.nextDouble();
      boolean used = random.nextDouble() < 0.8;
      int y = y0 + unit;
      fill(x, y, x + unit, Math.min(y1, y + unit), Rgb.of(64, 70, 82));
      if (used && awake(bedtime, rising)) {
        float strength = Rgb.ramp(1, -4, daylight.elevation);
        for (int row = y; row < Math.min(y1, y + unit); row++) {
          for (int column = x; column < x + unit; column++) {
            canvas.mix(column, row, LAMP.times(1.05f), strength);
          }
        }
        canvas.glow(x, y, 0.02f * canvas.height, LAMP, 0.26f * strength);
      }
    }
  }

  private void paintChurch(float left, float ground) {
    int x0 = Math.round(left * canvas.width);
    int x1 = x0 + Math.max(2, Math.round(0.015f * canvas.height));
    int y1 = Math.round(ground * canvas.height);
    int y0 = y1 - Math.round(0.052f * canvas.height);
    fill(x0, y0, x1, y1, Rgb.of(240, 236, 224));
    paintRoof(x0, x1, y0, Math.round(0.034f * canvas.height), Rgb.of(92, 74, 70));
  }

  private void paintRoof(int x0, int x1, int bottom, int height, Rgb colour) {
    float middle = (x0 + x1 - 1) / 2f;
    for (int row = 1; row <= height; row++) {
      float half = (x1 - x0) / 2f * (1 - (row - 1) / (float) height);
      for (int x = x0; x < x1; x++) {
        if (Math.abs(x - middle) <= half) {
          float side = x < middle == daylight.sunX < 0.5f ? 1.08f : 0.82f;
          canvas.set(x, bottom - row, colour.times(side).times(light).mix(haze, 0.06f));
        }
      }
    }
  }

  /** A street lamp burns from dusk to dawn. */
  private void paintLamp(float x, float y, float strength) {
    float burning = Rgb.ramp(-1, -6, daylight.elevation) * strength;
    if (burning > 0) {
      canvas.glow(x, y, 0.028f * canvas.height, LAMP, 0.55f * burning);
      canvas.mix((int) x, (int) y, LAMP.times(1.1f), burning);
    }
  }

  private boolean awake(float bedtime, float rising) {
    float hour = time.toLocalTime().toSecondOfDay() / 3600f;
    float evening = hour < 12 ? hour + 24 : hour;
    return evening < bedtime || (hour > rising && hour < 12);
  }

  private void paintLake() {
    float minutes = time.toLocalTime().toSecondOfDay() / 60f;
    for (int y = shore; y < canvas.height; y++) {
      float near = (y - shore + 1) / (float) (canvas.height - shore);
      float rows = 46 / (near + 0.12f) * 0.5f;
      Rgb water = WATER.times(light);
      for (int x = 0; x < canvas.width; x++) {
        float across = (x - canvas.width / 2f) / canvas.height;
        float wave = Noise.fractal(across * rows * 0.5f + minutes * 0.7f, rows * 1.6f, 2) - 0.5f;
        float breeze = Noise.fractal(across * 2.4f + minutes * 0.05f, near * 5 + 50, 2);
        float calm = 0.35f + 0.65f * breeze;
        float mirrored =
            shore - 1 - (y - shore) * 1.3f + wave * calm * near * 0.16f * canvas.height;
        int from = Math.min(shore - 1, Math.round(mirrored));
        int side = Math.round(wave * calm * near * 0.03f * canvas.height);
        Rgb mirror = canvas.get(x + side, from).times(0.86f + 0.16f * wave);
        canvas.set(x, y, mirror.mix(water, 0.16f + 0.34f * near + 0.12f * breeze));
      }
    }
  }

  /** How bright the ground is where it leans towards or away from the sun, about 0.4 to 1.1. */
  private float relief(float across, float down, float rate, int octaves) {
    float sun = (daylight.sunX - 0.5f) * 2;
    float here = Noise.fractal(across * rate, down * rate * 1.2f, octaves);
    float there = Noise.fractal(across * rate + 0.16f * sun, down * rate * 1.2f - 0.1f, octaves);
    return Math.min(1.1f, Math.max(0.4f, 0.78f + (here - there) * 1.9f));
  }

  private void fill(int x0, int y0, int x1, int y1, Rgb colour) {
    Rgb lit = colour.times(light).mix(haze, 0.06f);
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        canvas.set(x, y, lit);
      }
    }
  }
}

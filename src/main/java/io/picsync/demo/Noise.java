package io.picsync.demo;

import java.util.SplittableRandom;

/** Smooth value noise, the same in every run. Stateless and safe for any thread. */
final class Noise {
  private static final int SIZE = 256;
  private static final int MASK = SIZE - 1;
  private static final float[] LATTICE = lattice();

  private Noise() {}

  /** Noise at a point, from 0 to 1, with features about one unit wide; repeats every 256 units. */
  static float at(float x, float y) {
    int column = floor(x);
    int row = floor(y);
    float right = ease(x - column);
    float down = ease(y - row);
    int top = (row & MASK) * SIZE;
    int bottom = (row + 1 & MASK) * SIZE;
    int left = column & MASK;
    int next = column + 1 & MASK;
    float above = LATTICE[top + left] + (LATTICE[top + next] - LATTICE[top + left]) * right;
    float below =
        LATTICE[bottom + left] + (LATTICE[bottom + next] - LATTICE[bottom + left]) * right;
    return above + (below - above) * down;
  }

  /** Several octaves of noise, each twice as fine and half as strong, from 0 to 1. */
  static float fractal(float x, float y, int octaves) {
    float sum = 0;
    float weight = 0.5f;
    float total = 0;
    for (int octave = 0; octave < octaves; octave++) {
      sum += weight * at(x, y);
      total += weight;
      weight *= 0.5f;
      x = x * 2.03f + 17.3f;
      y = y * 2.03f + 5.7f;
    }
    return sum / total;
  }

  private static int floor(float value) {
    int whole = (int) value;
    return value < whole ? whole - 1 : whole;
  }

  private static float ease(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float[] lattice() {
    SplittableRandom random = new SplittableRandom(20110714);
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }
}

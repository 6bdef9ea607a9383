package io.picsync.demo;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;

/**
 * Where sun and moon stand at one moment, and the colours that follow from it. The camera stands at
 * 47 degrees north and looks south; its clock is at central European summer time all year.
 */
final class Daylight {
  private static final double LATITUDE = Math.toRadians(47);
  private static final double NOON_HOUR = 13.4;
  private static final double MONTH_DAYS = 29.530589;
  private static final LocalDateTime NEW_MOON = LocalDateTime.of(2000, 1, 6, 20, 14);

  /** The colours of sky, clouds and light while the sun stands at one elevation. */
  private record Mood(
      float elevation, Rgb zenith, Rgb horizon, Rgb cloud, Rgb cloudShade, Rgb light) {

    Mood mix(Mood other, float share) {
      return new Mood(
          elevation + (other.elevation - elevation) * share,
          zenith.mix(other.zenith, share),
          horizon.mix(other.horizon, share),
          cloud.mix(other.cloud, share),
          cloudShade.mix(other.cloudShade, share),
          light.mix(other.light, share));
    }
  }

  private static final List<Mood> MOODS =
      List.of(
          new Mood(
              -18,
              Rgb.of(8, 13, 32),
              Rgb.of(26, 36, 66),
              Rgb.of(34, 41, 62),
              Rgb.of(16, 20, 36),
              new Rgb(0.04f, 0.05f, 0.09f)),
          new Mood(
              -11,
              Rgb.of(11, 19, 48),
              Rgb.of(44, 52, 92),
              Rgb.of(33, 37, 60),
              Rgb.of(19, 23, 42),
              new Rgb(0.08f, 0.09f, 0.15f)),
          new Mood(
              -6,
              Rgb.of(27, 43, 94),
              Rgb.of(158, 104, 116),
              Rgb.of(138, 82, 104),
              Rgb.of(52, 48, 80),
              new Rgb(0.2f, 0.2f, 0.3f)),
          new Mood(
              -2,
              Rgb.of(52, 78, 138),
              Rgb.of(238, 140, 100),
              Rgb.of(250, 140, 112),
              Rgb.of(108, 82, 110),
              new Rgb(0.46f, 0.38f, 0.42f)),
          new Mood(
              3,
              Rgb.of(76, 120, 180),
              Rgb.of(250, 198, 146),
              Rgb.of(255, 208, 166),
              Rgb.of(150, 126, 138),
              new Rgb(0.92f, 0.7f, 0.54f)),
          new Mood(
              12,
              Rgb.of(62, 124, 200),
              Rgb.of(204, 217, 226),
              Rgb.of(255, 246, 232),
              Rgb.of(164, 168, 182),
              new Rgb(1, 0.93f, 0.82f)),
          new Mood(
              35,
              Rgb.of(44, 108, 194),
              Rgb.of(172, 206, 234),
              Rgb.of(252, 252, 253),
              Rgb.of(166, 178, 197),
              new Rgb(1.05f, 1.03f, 0.98f)));

  /** Degrees above the horizon, negative below it. */
  final float elevation;

  /** The sun's way over the picture from the left edge, 0, to the right edge, 1. */
  final float sunX;

  /** The sun's height over the horizon in picture heights, negative below it. */
  final float sunY;

  final float moonX;
  final float moonY;

  /** The lit side of the moon: 0 new, 0.25 first quarter, 0.5 full, 0.75 last quarter. */
  final float moonPhase;

  /** 0 by day, 1 when all stars can be seen. */
  final float night;

  /** The share of orange light that hangs over the place of sunrise or sunset. */
  final float twilight;

  private final Mood mood;

  Daylight(LocalDateTime time) {
    double hour = time.toLocalTime().toSecondOfDay() / 3600.0;
    double tilt = Math.toRadians(23.44) * Math.sin(2 * Math.PI * (time.getDayOfYear() - 81) / 365);
    double halfDay = Math.toDegrees(Math.acos(-Math.tan(LATITUDE) * Math.tan(tilt))) / 15;
    this.elevation = (float) elevation(hour - NOON_HOUR, tilt);
    this.sunX = (float) (0.5 + 0.44 * wrap(hour - NOON_HOUR) / halfDay);
    this.sunY = elevation / 100;

    double age = Duration.between(NEW_MOON, time).toMinutes() / 1440.0 / MONTH_DAYS;
    this.moonPhase = (float) (age - Math.floor(age));
    double moonHour = wrap(hour - NOON_HOUR - 24 * moonPhase);
    this.moonX = (float) (0.5 + 0.44 * moonHour / 7);
    this.moonY =
        (float) (elevation(moonHour, tilt * Math.cos(2 * Math.PI * moonPhase)) / 100 + 0.18);

    this.night = Rgb.ramp(-5, -14, elevation);
    this.twilight = Rgb.ramp(-11, -3, elevation) * Rgb.ramp(11, 1, elevation);
    this.mood = mood(elevation);
  }

  /** The sky's own colour, from the horizon, 0, to the top of the picture, 1. */
  Rgb sky(float height) {
    float share = (float) Math.pow(Math.min(1, Math.max(0, height)), 0.62);
    return mood.horizon.mix(mood.zenith, share);
  }

  Rgb cloud() {
    return mood.cloud;
  }

  Rgb cloudShade() {
    return mood.cloudShade;
  }

  /** What multiplies the colour of everything on the ground. */
  Rgb light() {
    float moonlight = night * Math.max(0, Math.min(1, moonY * 8)) * moonShare();
    return mood.light.plus(new Rgb(0.085f, 0.1f, 0.14f).times(moonlight));
  }

  /** The lit share of the moon's disc, 0 to 1. */
  float moonShare() {
    return (float) (1 - Math.cos(2 * Math.PI * moonPhase)) / 2;
  }

  private static double elevation(double hourFromNoon, double tilt) {
    double sine =
        Math.sin(LATITUDE) * Math.sin(tilt)
            + Math.cos(LATITUDE) * Math.cos(tilt) * Math.cos(Math.toRadians(hourFromNoon * 15));
    return Math.toDegrees(Math.asin(sine));
  }

  private static double wrap(double hours) {
    return hours - 24 * Math.floor((hours + 12) / 24);
  }

  private static Mood mood(float elevation) {
    Mood below = MOODS.get(0);
    for (Mood above : MOODS) {
      if (above.elevation >= elevation) {
        float span = above.elevation - below.elevation;
        float share = span == 0 ? 0 : (elevation - below.elevation) / span;
        return below.mix(above, share);
      }
      below = above;
    }
    return below;
  }
}

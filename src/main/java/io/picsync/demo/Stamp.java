package io.picsync.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Draws the capture time with glyphs of its own: java.awt fonts need fontconfig, which a bare
 * server lacks.
 */
final class Stamp {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final int COLUMNS = 5;
  private static final Rgb INK = new Rgb(0.97f, 0.97f, 0.95f);
  private static final Rgb SHADOW = new Rgb(0, 0, 0);

  /** The glyphs 0 to 9, then '-', ':' and space: seven rows each, the leftmost pixel is bit 4. */
  private static final int[][] GLYPHS = {
    {0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110},
    {0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110},
    {0b01110, 0b10001, 0b00001, 0b00110, 0b01000, 0b10000, 0b11111},
    {0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110},
    {0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010},
    {0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110},
    {0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110},
    {0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000},
    {0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110},
    {0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100},
    {0b00000, 0b00000, 0b00000, 0b01110, 0b00000, 0b00000, 0b00000},
    {0b00000, 0b00100, 0b00100, 0b00000, 0b00100, 0b00100, 0b00000},
    {0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000, 0b00000},
  };

  private Stamp() {}

  /** Writes the time such as {@code 2011-07-14 15:30} at the bottom left. */
  static void draw(Canvas canvas, LocalDateTime time) {
    String text = FORM.format(time);
    int scale = Math.max(1, canvas.height / 180);
    int left = 6 * scale;
    int top = canvas.height - 13 * scale;
    int shift = Math.max(1, scale / 2);
    write(canvas, text, left + shift, top + shift, scale, SHADOW, 0.75f);
    write(canvas, text, left, top, scale, INK, 0.95f);
  }

  private static void write(
      Canvas canvas, String text, int left, int top, int scale, Rgb colour, float share) {
    for (int at = 0; at < text.length(); at++) {
      int[] glyph = glyph(text.charAt(at));
      int start = left + at * (COLUMNS + 1) * scale;
      for (int y = 0; y < glyph.length * scale; y++) {
        for (int x = 0; x < COLUMNS * scale; x++) {
          if ((glyph[y / scale] >> (COLUMNS - 1 - x / scale) & 1) == 1) {
            canvas.mix(start + x, top + y, colour, share);
          }
        }
      }
    }
  }

  private static int[] glyph(char symbol) {
    return switch (symbol) {
      case '-' -> GLYPHS[10];
      case ':' -> GLYPHS[11];
      case ' ' -> GLYPHS[12];
      default -> GLYPHS[symbol - '0'];
    };
  }
}

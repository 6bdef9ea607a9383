package io.picsync.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes per second: {@code 2MB/s}, {@code 20Mbit/s}, {@code unlimited}.
 *
 * @param bytes per second, or {@link Long#MAX_VALUE}
 */
public record Rate(long bytes) {
  public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE);

  /** Below it no picture would arrive before its server lost patience. */
  private static final long LEAST = 1024;

  /** A limiter counts one byte a nanosecond at most. */
  private static final long MOST = 900L << 20;

  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB|kbit|Mbit|Gbit)/s");

  /**
   * @param key as messages name it
   */
  public static Rate parse(String key, String text) {
    String wanted = text.strip();
    if (wanted.toLowerCase(Locale.ROOT).equals("unlimited")) {
      return UNLIMITED;
    }
    Matcher matcher = TEXT.matcher(normal(wanted));
    if (!matcher.matches()) {
      throw new SettingsException(
          "%s: '%s' is no rate; one such as 500KB/s, 2MB/s, 20Mbit/s or unlimited is wanted."
              .formatted(key, wanted));
    }
    long number = Long.parseLong(matcher.group(1));
    long bytes =
        switch (matcher.group(2)) {
          case "B" -> number;
          case "KB" -> number << 10;
          case "MB" -> number << 20;
          case "kbit" -> number * 1000 / 8;
          case "Mbit" -> number * 1_000_000 / 8;
          default -> number * 1_000_000_000 / 8;
        };
    if (bytes < LEAST || bytes > MOST) {
      throw new SettingsException(
          "%s: '%s': a rate from 1KB/s to 900MB/s is wanted; above that, write unlimited."
              .formatted(key, wanted));
    }
    return new Rate(bytes);
  }

  /** Units in any case. */
  private static String normal(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.endsWith("bit/s")
        ? lower.replace("mbit", "Mbit").replace("gbit", "Gbit")
        : lower.endsWith("b/s")
            ? lower.substring(0, lower.length() - 2).toUpperCase(Locale.ROOT) + "/s"
            : text;
  }

  public boolean isUnlimited() {
    return bytes == Long.MAX_VALUE;
  }

  /** As it may be written in the configuration. */
  @Override
  public String toString() {
    if (isUnlimited()) {
      return "unlimited";
    }
    return bytes % (1 << 20) == 0
        ? (bytes >> 20) + "MB/s"
        : bytes % (1 << 10) == 0 ? (bytes >> 10) + "KB/s" : bytes + "B/s";
  }
}

package io.picsync.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code picsync.*} configuration keys with their values, placeholders resolved. The values
 * never change; thread-safe. All readers throw {@link SettingsException} with a message that names
 * the key, the value and what would be right.
 */
public final class Settings {
  /** Letters that tell a word by its beginning. */
  private static final int BEGINNING = 3;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(B|KB|MB|GB|TB)?");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)\\s*%");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final Map<String, String> values;

  private final Map<String, String> defaults = new ConcurrentSkipListMap<>();

  public Settings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** What counts where a key is not set, of those keys that were read so far and have such. */
  public SortedMap<String, String> defaults() {
    return new TreeMap<>(defaults);
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).map(String::strip).filter(v -> !v.isEmpty());
  }

  public String text(String key, String otherwise) {
    defaults.put(key, otherwise);
    return text(key).orElse(otherwise);
  }

  /** A whole number of at least {@code least}. */
  public int count(String key, int otherwise, int least) {
    defaults.put(key, Integer.toString(otherwise));
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, like a number that is too small
    }
    throw new SettingsException(
        "%s=%s: a whole number of at least %d is wanted.".formatted(key, text.get(), least));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    String text = text(key, Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw new SettingsException("%s=%s: true or false is wanted.".formatted(key, text));
    }
    return text.equals("true");
  }

  /** Bytes: {@code 8MB}; the steps are powers of 1024. */
  public long size(String key, long otherwise) {
    defaults.put(key, (otherwise >> 20) + "MB");
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = SIZE.matcher(text.get().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new SettingsException(
          "%s=%s: a size such as 512KB, 8MB or 1GB is wanted.".formatted(key, text.get()));
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2);
    int power = "BKMGT".indexOf(unit.charAt(0));
    long number = Long.parseLong(matcher.group(1));
    if (number > Long.MAX_VALUE >> (10 * power)) {
      throw new SettingsException(
          "%s=%s: that is more than any disk holds.".formatted(key, text.get()));
    }
    return number << (10 * power);
  }

  /** A share between 0 and 1: {@code 1%}, {@code 0.5%}. */
  public double share(String key, double otherwise) {
    defaults.put(key, Math.round(otherwise * 100) + "%");
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher matcher = SHARE.matcher(text.get());
    double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
    if (percent < 0 || percent > 100) {
      throw new SettingsException(
          "%s=%s: a share such as 0%%, 0.5%%, 1%% or 100%% is wanted.".formatted(key, text.get()));
    }
    return percent / 100;
  }

  /** A time span: {@code 30s}, {@code 10m}. */
  public Duration duration(String key, Duration otherwise) {
    defaults.put(key, otherwise.toSeconds() + "s");
    return text(key).map(text -> duration(key, text)).orElse(otherwise);
  }

  /**
   * The same for a value that stands elsewhere, such as in a route's URI.
   *
   * @param key how the message names it
   */
  public static Duration duration(String key, String text) {
    Matcher matcher = DURATION.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new SettingsException(
          "%s=%s: a time span such as 500ms, 30s, 10m, 2h or 1d is wanted.".formatted(key, text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /**
   * A time zone such as {@code Europe/Zurich}.
   *
   * @param key how the message names it
   */
  public static ZoneId zone(String key, String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw new SettingsException(
          "%s=%s is no time zone; one such as Europe/Zurich is wanted.".formatted(key, text), e);
    }
  }

  public SortedSet<String> keys(String prefix) {
    SortedSet<String> keys = new TreeSet<>();
    for (String key : new TreeMap<>(values).keySet()) {
      if (key.startsWith(prefix)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** The keys whose values are other there, or that only one of both has. */
  public SortedSet<String> differing(Settings others) {
    SortedSet<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(others.values.keySet());
    keys.removeIf(key -> text(key).equals(others.text(key)));
    return keys;
  }

  /**
   * Refuses keys that nothing reads: a misspelt one would otherwise be a setting that silently does
   * nothing.
   *
   * @param known all keys that are read
   * @param readElsewhere a prefix whose keys somebody else checks
   */
  public void refuseUnknown(Set<String> known, String readElsewhere) {
    for (String key : keys("picsync.")) {
      if (!known.contains(key) && !key.startsWith(readElsewhere)) {
        throw new SettingsException(
            "%s is not a configuration key. The nearest is %s; all are listed in config/application.properties."
                .formatted(key, nearest(key, known)));
      }
    }
  }

  /** The candidate with the fewest changed letters; one that only goes on counts as one letter. */
  public static String nearest(String word, Set<String> candidates) {
    String nearest = "";
    int fewest = Integer.MAX_VALUE;
    for (String candidate : new TreeSet<>(candidates)) {
      boolean goesOn = word.length() >= BEGINNING && candidate.startsWith(word);
      int changes = goesOn ? 1 : changes(word, candidate);
      if (changes < fewest) {
        fewest = changes;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static int changes(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int same = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(same, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}

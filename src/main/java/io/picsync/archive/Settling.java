package io.picsync.archive;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a picture may still be being written. A modified time that lies further ahead than
 * {@code rest} comes from a clock that can't be trusted, and counts as none: so no skew between
 * clocks, and no camera that lives in 2036, makes a picture wait for ever.
 *
 * @param rest how long a picture rests before it is taken; zero for no rule at all
 * @param now by picsync's clock
 */
public record Settling(Duration rest, Instant now) {
  public static final Duration DEFAULT = Duration.ofMinutes(1);

  /** An upload that broke off is mostly tried again within that many times {@code rest}. */
  private static final int BROKEN_WAITS = 10;

  private static final Pattern DAY = Pattern.compile("(?:^|/)((?:19|20)\\d{6})[^/]*");
  private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;

  /**
   * Whether it was modified less than {@code rest} before {@code asOf}, or since. False where no
   * time can be trusted.
   */
  public boolean isRecent(@Nullable Instant modified, Instant asOf) {
    return !rest.isZero()
        && modified != null
        && isTrusted(modified)
        && modified.isAfter(asOf.minus(rest));
  }

  /**
   * Whether a picture that is not whole may become so. Where no time can be trusted the capture day
   * in its path decides: of today or yesterday, whatever the camera's time zone. Without such a day
   * it may.
   */
  public boolean mayBecomeWhole(String path, @Nullable Instant modified) {
    if (rest.isZero()) {
      return false;
    }
    if (modified != null && isTrusted(modified)) {
      return modified.isAfter(now.minus(rest.multipliedBy(BROKEN_WAITS)));
    }
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return captureDay(path)
        .map(day -> Math.abs(ChronoUnit.DAYS.between(day, today)) <= 1)
        .orElse(true);
  }

  private boolean isTrusted(Instant modified) {
    return !modified.isAfter(now.plus(rest));
  }

  /** The day that the name or else a folder of the path begins with: {@code YYYYMMDD}. */
  private static Optional<LocalDate> captureDay(String path) {
    Optional<LocalDate> last = Optional.empty();
    Matcher matcher = DAY.matcher(path);
    while (matcher.find()) {
      try {
        last = Optional.of(LocalDate.parse(matcher.group(1), BASIC));
      } catch (DateTimeException e) {
        // eight digits that are no day
      }
    }
    return last;
  }
}

package io.picsync.archive;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.local.LocalBucket;
import io.picsync.settings.Rate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Spreads bytes over time. Who comes first is served first: bytes are taken at once, on credit if
 * need be, and their thread then waits until they are paid back. Thread-safe.
 */
final class Throttle {
  /** Taken at once, so that threads take turns and none waits long for the end of its wait. */
  private static final int SLICES_A_SECOND = 20;

  /** What time that was slept too long may be made up for. */
  private static final int CREDITS_A_SECOND = 4;

  private final TimeMeter time;
  private Rate rate = Rate.UNLIMITED;
  private @Nullable LocalBucket bucket;

  Throttle(TimeMeter time) {
    this.time = time;
  }

  /** How many bytes are to be taken at once at most. */
  static int slice(Rate rate) {
    return rate.isUnlimited()
        ? Integer.MAX_VALUE
        : (int) Math.max(512, rate.bytes() / SLICES_A_SECOND);
  }

  /**
   * @return nanoseconds to wait before further bytes
   */
  long take(int bytes, Rate now) {
    LocalBucket limiter = limiter(now);
    return limiter == null ? 0 : limiter.consumeIgnoringRateLimits(bytes);
  }

  /** What was taken on credit at another rate stays taken, but for no limit. */
  private synchronized @Nullable LocalBucket limiter(Rate now) {
    if (now.equals(rate)) {
      return bucket;
    }
    rate = now;
    if (now.isUnlimited()) {
      bucket = null;
    } else if (bucket == null) {
      bucket =
          Bucket.builder()
              .addLimit(
                  limit ->
                      limit
                          .capacity(credit())
                          .refillGreedy(rate.bytes(), Duration.ofSeconds(1))
                          .initialTokens(0))
              .withCustomTimePrecision(time)
              .build();
    } else {
      bucket.replaceConfiguration(
          BucketConfiguration.builder()
              .addLimit(
                  limit ->
                      limit.capacity(credit()).refillGreedy(rate.bytes(), Duration.ofSeconds(1)))
              .build(),
          TokensInheritanceStrategy.AS_IS);
    }
    return bucket;
  }

  private long credit() {
    return rate.bytes() / CREDITS_A_SECOND;
  }
}

package io.picsync.archive.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a server to its cameras when it is busy: while it answers clearly slower than it usually
 * does, half as many calls at once, and half again; when it answers as usual again, one more at a
 * time. What is usual is the best of the last hour, so that a server which moved far away is taken
 * as it is after that. Thread-safe.
 */
final class BackOff {
  private static final Logger LOG = LoggerFactory.getLogger(BackOff.class);
  private static final Duration WINDOW = Duration.ofSeconds(5);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);
  private static final int LEAST_SAMPLES = 5;
  private static final int MOST_SAMPLES = 200;
  private static final int USUAL_MINUTES = 60;

  /** Slow is both: this many times the usual, and this much more. Noise on a fast line is not. */
  private static final int FACTOR = 4;

  private static final Duration RISE = Duration.ofMillis(250);

  private final String server;
  private final LongSupplier nanoTime;
  private final long[] samples = new long[MOST_SAMPLES];
  private final Deque<Minute> best = new ArrayDeque<>();
  private int count;
  private long began;
  private long recent;
  private int most;
  private int places;

  /** The lowest median of a window that ended within a minute. */
  private record Minute(long began, long nanos) {}

  /**
   * @param most calls at once when the server is well
   */
  BackOff(String server, int most, LongSupplier nanoTime) {
    this.server = server;
    this.most = most;
    this.places = most;
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /** A command of a few bytes was answered after that time. */
  synchronized void answered(long nanos) {
    if (count < MOST_SAMPLES) {
      samples[count++] = nanos;
    }
  }

  /** Judges when there is enough to judge by; asked again and again. */
  synchronized void look() {
    long now = nanoTime.getAsLong();
    Duration window = Duration.ofNanos(now - began);
    if (window.compareTo(WINDOW) < 0) {
      return;
    }
    if (count >= LEAST_SAMPLES) {
      judge(now);
    } else if (window.compareTo(LONGEST_WINDOW) < 0) {
      return;
    } else {
      grow(); // hardly used: nothing of ours slows it down
    }
    began = now;
    count = 0;
  }

  private void judge(long now) {
    Arrays.sort(samples, 0, count);
    recent = samples[count / 2];
    long usual = usual();
    if (usual > 0 && recent > usual * FACTOR && recent > usual + RISE.toNanos()) {
      shrink(usual);
    } else if (usual == 0 || recent < usual * FACTOR / 2 || recent < usual + RISE.toNanos() / 2) {
      grow();
    }
    remember(now);
  }

  private void remember(long now) {
    Minute last = best.peekLast();
    if (last == null || now - last.began() > Duration.ofMinutes(1).toNanos()) {
      best.addLast(new Minute(now, recent));
    } else if (recent < last.nanos()) {
      best.removeLast();
      best.addLast(new Minute(last.began(), recent));
    }
    while (now - best.getFirst().began() > Duration.ofMinutes(USUAL_MINUTES).toNanos()) {
      best.removeFirst();
    }
  }

  private long usual() {
    return best.stream().mapToLong(Minute::nanos).min().orElse(0);
  }

  private void shrink(long usual) {
    if (places > 1) {
      places = Math.max(1, Math.min(places, most) / 2);
      LOG.info(
          "The server answers slowly; going on with fewer connections, so that cameras come first. server={} connections={} latencyMillis={} usualMillis={}",
          server,
          places,
          Duration.ofNanos(recent).toMillis(),
          Duration.ofNanos(usual).toMillis());
    }
  }

  private void grow() {
    if (places < most && ++places == most) {
      LOG.info("The server answers as usual again. server={} connections={}", server, places);
    }
  }

  /** How many calls at once it can bear. */
  synchronized int places() {
    return places;
  }

  synchronized void most(int connections) {
    places = places == most ? connections : Math.min(places, connections);
    most = connections;
  }

  /** Of the last commands, in the middle; zero before the first. */
  synchronized Duration recent() {
    return Duration.ofNanos(recent);
  }

  /** The best of the last hour; zero before the first. */
  synchronized Duration usualTime() {
    return Duration.ofNanos(usual());
  }
}

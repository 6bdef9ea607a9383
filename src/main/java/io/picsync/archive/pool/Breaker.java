package io.picsync.archive.pool;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a server up that failed several times in a row, so that it costs one wait and not one for
 * each picture: calls fail at once then, but for one probe at a time after a growing pause. The
 * first pause is shorter than the routes' retries of a picture, so a restart ends no run.
 * Thread-safe.
 */
final class Breaker {
  private static final Logger LOG = LoggerFactory.getLogger(Breaker.class);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(4), Duration.ofMinutes(1), Duration.ofMinutes(5));

  /** Of {@link Failure#weight}: three dead ends in a row, or twelve broken connections. */
  private static final int ENOUGH = 12;

  private static final Duration LOOK = Duration.ofMillis(500);

  private final String server;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private int weight;
  private int openings;
  private boolean open;
  private @Nullable Failure last;
  private long until;
  private @Nullable Lease<?> probe;
  private String why = "";

  Breaker(String server, InstantSource clock, LongSupplier nanoTime) {
    this.server = server;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Lets a call pass, or makes it the probe. While another one is the probe its end is waited for.
   *
   * @throws UnavailableException while the server is given up
   */
  synchronized void enter(Lease<?> call) throws ArchiveException {
    awaitProbe(call);
    if (!open) {
      return;
    }
    if (until - nanoTime.getAsLong() > 0) {
      throw givenUp();
    }
    probe = call;
    LOG.debug("Probing. server={}", server);
  }

  private synchronized void awaitProbe(Lease<?> call) throws CancelledException {
    try {
      while (open && probe != null) {
        if (call.cancelled().getAsBoolean() || call.ended() != null) {
          throw new CancelledException("Stopped on request.");
        }
        wait(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("Interrupted while server %s is probed.".formatted(server), e);
    }
  }

  /**
   * For a call that waited since it entered.
   *
   * @throws UnavailableException when the server was given up meanwhile
   */
  synchronized void check(Lease<?> call) throws UnavailableException {
    if (open && probe != call) {
      throw givenUp();
    }
  }

  private UnavailableException givenUp() {
    return new UnavailableException(
        "Server %s is given up until %s, it failed again and again: %s"
            .formatted(server, time(), why));
  }

  /** Why it is given up for now and until when; empty while it is not. */
  synchronized String givenUpWords() {
    return open ? "until %s: %s".formatted(time(), why) : "";
  }

  private Instant time() {
    Duration left = Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong()));
    return clock.instant().plus(left).truncatedTo(ChronoUnit.SECONDS);
  }

  /** A connection was opened: enough after a server that could not be reached. */
  synchronized void reached() {
    if (last == Failure.UNREACHABLE || last == Failure.REFUSED) {
      worked();
    }
  }

  /** The server answered, be it with a refusal. */
  synchronized void worked() {
    if (last == null) {
      return;
    }
    if (open) {
      LOG.info("The server works again. server={}", server);
    }
    open = false;
    weight = 0;
    openings = 0;
    last = null;
    probe = null;
    notifyAll();
  }

  synchronized void failed(Lease<?> call, Failure failure, ArchiveException told) {
    if (open && probe != call) {
      return; // it was under way already
    }
    last = failure;
    weight += failure.weight;
    if (open || weight >= ENOUGH) {
      giveUp(told);
    }
  }

  private void giveUp(ArchiveException told) {
    Duration pause = PAUSES.get(Math.min(openings, PAUSES.size() - 1));
    double jitter = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    until = nanoTime.getAsLong() + (long) (pause.toNanos() * jitter);
    why = String.valueOf(told.getMessage());
    if (openings++ == 0) {
      LOG.warn("The server is given up for now. server={} until={} why={}", server, time(), why);
    } else {
      LOG.info("The server still fails. server={} until={} why={}", server, time(), why);
    }
    open = true;
    probe = null;
    notifyAll();
  }

  /** The call is over; if it was the probe and nothing was learned, another may be it. */
  synchronized void left(Lease<?> call) {
    if (probe == call) {
      probe = null;
      notifyAll();
    }
  }
}

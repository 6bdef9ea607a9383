package io.picsync.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the runs of a sync when its schedule says so, and ends those when blackout hours begin.
 * Ticks come on the component's timer, one after another. They look at the clock again and again:
 * it may be set, and the timer of a machine that sleeps stands still.
 */
final class Ticks {
  private static final Logger LOG = LoggerFactory.getLogger(SyncConsumer.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A clock that is set back by less moves no run. */
  private static final Duration SET_BACK = Duration.ofMinutes(1);

  private final SyncConsumer consumer;
  private final SyncEndpoint endpoint;
  private final SyncComponent component;
  private volatile @Nullable ScheduledFuture<?> tick;
  private volatile @Nullable ScheduledFuture<?> blackout;
  private volatile @Nullable Instant next;

  Ticks(SyncConsumer consumer, SyncEndpoint endpoint, SyncComponent component) {
    this.consumer = consumer;
    this.endpoint = endpoint;
    this.component = component;
  }

  /** Plans the first run from now on. */
  void begin() {
    if (consumer.isRunAllowed()) {
      cancel(tick); // of before a pause
      plan(endpoint.schedule().first(now(), component.lastStart(endpoint.getName()).orElse(null)));
    }
  }

  /** No further run begins; one that is going on stays. */
  void end() {
    cancel(tick);
    next = null; // else it would count as overdue
  }

  /** When the next run is due; empty for none. */
  Optional<Instant> next() {
    return Optional.ofNullable(next);
  }

  private void plan(Optional<Instant> due) {
    next = due.orElse(null);
    due.ifPresent(this::awaitDue);
  }

  private void awaitDue(Instant due) {
    Duration left = Duration.between(now(), due);
    tick = in(left, () -> tick(due, left));
  }

  /**
   * @param before how long it was still to wait at the last look
   */
  private void tick(Instant due, Duration before) {
    if (!consumer.isAtWork()) {
      next = null;
      return;
    }
    Duration left = Duration.between(now(), due);
    if (left.compareTo(before.plus(SET_BACK)) > 0) {
      plan(endpoint.schedule().setBack(now(), before));
      LOG.info(
          "The clock was set back; the next run is planned anew. sync={} next={}",
          endpoint.getName(),
          next().orElse(null));
      return;
    }
    if (left.compareTo(Duration.ZERO) > 0) {
      awaitDue(due);
      return;
    }
    if (consumer.isHeld()) {
      plan(Optional.of(now().plus(LOOK))); // it is due, and soon let go
      return;
    }
    begin(due);
    Instant now = now();
    Optional<Instant> following = endpoint.schedule().next(due);
    while (following.isPresent() && following.get().isBefore(now)) {
      following = endpoint.schedule().next(following.get());
    }
    plan(following);
  }

  /** One that comes too late, since the machine slept or its clock was set, may be in blackout. */
  private void begin(Instant due) {
    if (endpoint.schedule().isBlackout(now())) {
      LOG.info(
          "A scheduled run is left out: it was due at {}, and blackout hours have begun. sync={}",
          due,
          endpoint.getName());
      return;
    }
    try {
      consumer.start(endpoint.getMode(), true);
    } catch (IllegalStateException e) {
      LOG.info(
          "A scheduled run is left out: the run before is still going on. sync={}",
          endpoint.getName());
    }
  }

  /** Only runs of the schedule: one that somebody asked for goes on. */
  void endAtBlackout(Run run) {
    Instant now = now();
    endpoint
        .schedule()
        .nextBlackout(now)
        .ifPresent(begin -> blackout = in(Duration.between(now, begin), () -> lookFor(run)));
    if (consumer.run().orElse(null) != run) {
      ended(); // it was over before
    }
  }

  private void lookFor(Run run) {
    if (endpoint.schedule().isBlackout(now())) {
      blackOut(run);
    } else {
      endAtBlackout(run);
    }
  }

  /** The run is over: no blackout ends it. */
  void ended() {
    cancel(blackout);
  }

  private void blackOut(Run run) {
    String why =
        "Blackout hours began: what is under way is finished, the rest is left to the next run%s."
            .formatted(next().map(at -> ", at " + at).orElse(""));
    if (run.finished() == null && run.halt(why)) {
      LOG.info("The run ends for blackout hours. run={} next={}", run.id(), next().orElse(null));
    }
  }

  /** When so much time has passed, or before, to look at the clock again. */
  private ScheduledFuture<?> in(Duration left, Runnable what) {
    Duration next = left.compareTo(LOOK) < 0 ? left : LOOK;
    return component.timer().schedule(what, Math.max(0, next.toNanos()), TimeUnit.NANOSECONDS);
  }

  private Instant now() {
    return component.clock().instant();
  }

  private static void cancel(@Nullable ScheduledFuture<?> planned) {
    if (planned != null) {
      planned.cancel(false);
    }
  }
}

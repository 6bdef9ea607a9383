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
 * Ticks come on the component's timer, one after another.
 */
final class Ticks {
  private static final Logger LOG = LoggerFactory.getLogger(SyncConsumer.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

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
    due.ifPresent(at -> tick = at(at, () -> tick(at)));
  }

  private void tick(Instant due) {
    if (!consumer.isAtWork()) {
      next = null;
      return;
    }
    Duration early = Duration.between(now(), due);
    if (early.toNanos() > 0 && early.compareTo(LOOK) < 0) {
      plan(
          Optional.of(
              due)); // the timer's clock and the wall's differ; the run is dated by this one
      return;
    }
    if (consumer.isHeld()) {
      plan(Optional.of(now().plus(LOOK))); // it is due, and soon let go
      return;
    }
    try {
      consumer.start(endpoint.getMode(), true);
    } catch (IllegalStateException e) {
      LOG.info(
          "A scheduled run is left out: the run before is still going on. sync={}",
          endpoint.getName());
    }
    Instant now = now();
    Optional<Instant> following = endpoint.schedule().next(due);
    while (following.isPresent() && following.get().isBefore(now)) {
      following = endpoint.schedule().next(following.get());
    }
    plan(following);
  }

  /** Only runs of the schedule: one that somebody asked for goes on. */
  void endAtBlackout(Run run) {
    endpoint
        .schedule()
        .nextBlackout(now())
        .ifPresent(begin -> blackout = at(begin, () -> blackOut(run)));
    if (consumer.run().orElse(null) != run) {
      ended(); // it was over before
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

  private ScheduledFuture<?> at(Instant at, Runnable what) {
    long nanos = Duration.between(now(), at).toNanos();
    return component.timer().schedule(what, Math.max(0, nanos), TimeUnit.NANOSECONDS);
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

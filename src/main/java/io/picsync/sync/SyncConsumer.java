package io.picsync.sync;

import io.picsync.archive.ArchiveConstants;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits one exchange per run: body and property are the {@link Run}. Never two at once. */
final class SyncConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncConsumer.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final SyncEndpoint endpoint;
  private final SyncComponent component;
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
  private volatile @Nullable ScheduledFuture<?> tick;
  private volatile @Nullable ScheduledFuture<?> blackout;
  private volatile @Nullable Instant next;
  private volatile boolean held;

  SyncConsumer(SyncEndpoint endpoint, SyncComponent component, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
  }

  @Override
  protected void doStart() throws Exception {
    component.begin(this);
    super.doStart();
    // no run before all other routes are there; at once when they are
    endpoint.getCamelContext().addStartupListener((context, alreadyStarted) -> planFirst());
  }

  private void planFirst() {
    if (isRunAllowed()) {
      Instant now = component.clock().instant();
      plan(endpoint.schedule().first(now, component.lastStart(name()).orElse(null)));
    }
  }

  private void plan(Optional<Instant> due) {
    next = due.orElse(null);
    due.ifPresent(
        at -> {
          long millis = Duration.between(component.clock().instant(), at).toMillis();
          tick =
              component
                  .timer()
                  .schedule(() -> tick(at), Math.max(0, millis), TimeUnit.MILLISECONDS);
        });
  }

  private void tick(Instant due) {
    if (!isRunAllowed() || isSuspendingOrSuspended()) {
      return;
    }
    if (held) {
      plan(Optional.of(component.clock().instant().plus(LOOK))); // it is due, and soon let go
      return;
    }
    try {
      start(endpoint.getMode(), true);
    } catch (IllegalStateException e) {
      LOG.info("A scheduled run is left out: the run before is still going on. sync={}", name());
    }
    Instant now = component.clock().instant();
    Instant from = due;
    Optional<Instant> following = endpoint.schedule().next(from);
    while (following.isPresent() && following.get().isBefore(now)) {
      following = endpoint.schedule().next(following.get());
    }
    plan(following);
  }

  /** Only runs of the schedule: one that somebody asked for goes on. */
  private void endAtBlackout(Run run) {
    endpoint
        .schedule()
        .nextBlackout(component.clock().instant())
        .ifPresent(
            begin -> {
              long millis = Duration.between(component.clock().instant(), begin).toMillis();
              blackout =
                  component
                      .timer()
                      .schedule(() -> blackOut(run), Math.max(0, millis), TimeUnit.MILLISECONDS);
            });
    if (current.get() != run) {
      cancel(blackout); // it was over before
    }
  }

  private void blackOut(Run run) {
    String why =
        "Blackout hours began: what is under way is finished, the rest is left to the next run%s."
            .formatted(nextRun().map(at -> ", at " + at).orElse(""));
    if (run.finished() == null && run.halt(why)) {
      LOG.info("The run ends for blackout hours. run={} next={}", run.id(), nextRun().orElse(null));
    }
  }

  String name() {
    return endpoint.getName();
  }

  SyncEndpoint sync() {
    return endpoint;
  }

  Optional<Instant> nextRun() {
    return Optional.ofNullable(next);
  }

  Optional<Run> run() {
    return Optional.ofNullable(current.get());
  }

  Optional<Run> lastRun() {
    return component.lastRun(name());
  }

  /** Whether no further run may begin. */
  void hold(boolean whether) {
    held = whether;
  }

  Future<Run> start(Mode mode) {
    return start(mode, false);
  }

  /**
   * Goes on with what a run left that was ended for an edit; one of the schedule is left to the
   * schedule while it is blackout.
   */
  void goOn(Mode mode, boolean scheduled) {
    boolean blackedOut = scheduled && endpoint.schedule().isBlackout(component.clock().instant());
    if (blackedOut) {
      LOG.info(
          "Blackout hours: the rest is left to the next run. sync={} next={}",
          name(),
          nextRun().orElse(null));
    } else {
      start(mode, scheduled);
    }
  }

  private Future<Run> start(Mode mode, boolean scheduled) {
    if (!isRunAllowed() || isSuspendingOrSuspended()) {
      throw new IllegalStateException("The route of sync " + name() + " is not started.");
    }
    if (held) {
      throw new IllegalStateException(
          "The route of sync " + name() + " is being changed; try again in a moment.");
    }
    Places.Place place = component.places().queue();
    Run run =
        new Run(
            endpoint.options(),
            mode,
            component.clock(),
            component.totals(name()),
            endpoint.bandwidth(),
            place,
            scheduled);
    if (!current.compareAndSet(null, run)) {
      place.give();
      throw new IllegalStateException("Sync " + name() + " is running already.");
    }
    component.started(run);
    if (endpoint.takeAcknowledgement()) {
      run.acknowledgeAlarm();
    }
    Future<Run> end =
        component
            .runs()
            .submit(
                () -> {
                  RunThreads.within(
                      run,
                      () -> {
                        run.goesOn(); // its turn; one that was cancelled reports so at once
                        process(run);
                      });
                  return run;
                });
    if (scheduled) {
      endAtBlackout(run);
    }
    return end;
  }

  private void process(Run run) {
    LOG.info(
        "Run begins. run={} mode={} source={} destination={}",
        run.id(),
        run.mode(),
        run.source(),
        run.destination());
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(run);
      exchange.setProperty(Run.PROPERTY, run);
      BooleanSupplier cancelled = run::cancelled;
      exchange.setProperty(ArchiveConstants.CANCELLED, cancelled);
      exchange.setProperty(ArchiveConstants.TRAFFIC, run);
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      end(run, exchange);
    }
  }

  private void end(Run run, Exchange exchange) {
    Exception unhandled = exchange.getException();
    if (unhandled != null) {
      run.fail(Causes.message(unhandled));
      LOG.error("Run ended without a report. run={} why={}", run.id(), Causes.message(unhandled));
      LOG.debug("Run ended without a report.", unhandled);
    }
    if (run.finished() == null) {
      run.finish();
    }
    component.end(run);
    run.close();
    run.givePlace();
    cancel(blackout);
    current.set(null);
    run.enter(Phase.idle); // not before: whoever sees it may start the next one
    releaseExchange(exchange, false);
    LOG.info("Run ends. run={} status={} cause={}", run.id(), run.status(), run.cause());
  }

  @Override
  public void prepareShutdown(boolean suspendOnly, boolean forced) {
    endRun();
  }

  @Override
  public boolean deferShutdown(ShutdownRunningTask shutdownRunningTask) {
    return false;
  }

  @Override
  public int getPendingExchangesSize() {
    return current.get() == null ? 0 : 1;
  }

  /**
   * First thing at a stop, with the route still working: the run is told, and then waited for like
   * any exchange in flight.
   */
  @Override
  protected void doSuspend() throws Exception {
    endRun();
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    planFirst();
  }

  @Override
  protected void doStop() throws Exception {
    endRun();
    super.doStop();
    component.end(this);
  }

  private void endRun() {
    cancel(tick);
    String why =
        endpoint.getCamelContext().isStopping()
            ? "picsync stops."
            : "The route of the sync was stopped.";
    run().ifPresent(run -> run.cancel(why));
  }

  private static void cancel(@Nullable ScheduledFuture<?> planned) {
    if (planned != null) {
      planned.cancel(false);
    }
  }
}

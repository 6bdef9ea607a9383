package io.picsync.sync;

import io.picsync.archive.ArchiveConstants;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
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
import org.slf4j.event.Level;

/** Emits one exchange per run: body and property are the {@link Run}. Never two at once. */
final class SyncConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncConsumer.class);

  private final SyncEndpoint endpoint;
  private final SyncComponent component;
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();
  private final Ticks ticks;
  private volatile boolean held;

  SyncConsumer(SyncEndpoint endpoint, SyncComponent component, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.component = component;
    this.ticks = new Ticks(this, endpoint, component);
  }

  @Override
  protected void doStart() throws Exception {
    component.begin(this);
    super.doStart();
    // no run before all other routes are there; at once when they are
    endpoint.getCamelContext().addStartupListener((context, alreadyStarted) -> ticks.begin());
  }

  String name() {
    return endpoint.getName();
  }

  SyncEndpoint sync() {
    return endpoint;
  }

  Optional<Instant> nextRun() {
    return ticks.next();
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

  boolean isHeld() {
    return held;
  }

  /** Whether the route is started, and not suspended. */
  boolean isAtWork() {
    return isRunAllowed() && !isSuspendingOrSuspended();
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

  /**
   * @param scheduled whether it is of the schedule, and nobody asked for it
   * @throws IllegalStateException while none may begin, such as beside one that is going on
   */
  Future<Run> start(Mode mode, boolean scheduled) {
    if (!isAtWork()) {
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
      ticks.endAtBlackout(run);
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
      exchange.setProperty(ArchiveConstants.TRAFFIC, run.traffic());
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
      if (unhandled == null) {
        run.incomplete("The route of the sync stores no report: it came by no step direct:report.");
        LOG.error("Run ended without a report. run={} why={}", run.id(), run.cause());
      }
      run.finish();
    }
    try {
      component.end(run);
    } finally { // whatever a listener makes of it, the next run may begin
      run.close();
      run.givePlace();
      ticks.ended();
      current.set(null);
      run.enter(Phase.idle); // not before: whoever sees it may start the next one
      releaseExchange(exchange, false);
      tellEnd(run);
    }
  }

  /**
   * What somebody may have to see to stands out among the runs of a night; what halted a run was
   * told when it did, and a disk that stays full not again with each run.
   */
  private static void tellEnd(Run run) {
    boolean told = run.status() == RunStatus.incomplete && run.ended();
    boolean asPlanned = run.status() == RunStatus.completed || run.status() == RunStatus.cancelled;
    LOG.atLevel(told || asPlanned ? Level.INFO : Level.WARN)
        .log(
            "Run ends. run={} status={}{}",
            run.id(),
            run.status(),
            run.cause() == null ? "" : " cause=" + run.cause());
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
    ticks.begin();
  }

  @Override
  protected void doStop() throws Exception {
    endRun();
    super.doStop();
    component.end(this);
  }

  private void endRun() {
    ticks.end();
    String why =
        endpoint.getCamelContext().isStopping()
            ? "picsync stops."
            : "The route of the sync was stopped.";
    run().ifPresent(run -> run.cancel(why));
  }
}

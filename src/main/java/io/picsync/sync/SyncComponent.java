package io.picsync.sync;

import io.picsync.settings.SettingsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code sync:NAME}: the runs of all syncs, bounded together, served in turn. */
public final class SyncComponent extends DefaultComponent {
  private final Clock clock;
  private final List<RunThreads> threads;
  private final Map<String, SyncConsumer> consumers = new ConcurrentHashMap<>();
  private final ExecutorService runs;
  private final ScheduledExecutorService timer;

  /** Of each sync, across the edits of its route. */
  private final Map<String, Run> lastRuns = new ConcurrentHashMap<>();

  private final Map<String, Instant> lastStarts = new ConcurrentHashMap<>();
  private final Map<String, Totals> totals = new ConcurrentHashMap<>();
  private volatile Consumer<Run> endListener = run -> {};
  private final Places places;
  private volatile Function<SyncEndpoint, @Nullable Object> managedView = sync -> null;

  /**
   * @param runs the most at once; a further one waits
   * @param turn how long a run keeps its place while others wait
   * @param threads whose threads of a run end with it
   */
  public SyncComponent(
      CamelContext context, Clock clock, int runs, Duration turn, List<RunThreads> threads) {
    super(context);
    this.clock = clock;
    this.threads = List.copyOf(threads);
    this.places = new Places(runs, turn, System::nanoTime);
    this.runs =
        Executors.newCachedThreadPool(
            task -> RunThreads.givingWay(RunThreads.daemon(task, "sync-run")));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, task -> RunThreads.daemon(task, "sync-timer"));
    timer.setRemoveOnCancelPolicy(true);
    this.timer = timer;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    SyncEndpoint endpoint = new SyncEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    endpoint.validate();
    return endpoint;
  }

  /**
   * @param view the annotated object that JMX shows for a sync
   */
  public void setManagedView(Function<SyncEndpoint, @Nullable Object> view) {
    managedView = view;
  }

  @Nullable Object managedView(SyncEndpoint sync) {
    return managedView.apply(sync);
  }

  Clock clock() {
    return clock;
  }

  /**
   * Other bounds from now on.
   *
   * @param most runs at once; those beyond it that are under way go on
   * @param turn how long a run keeps its place while others wait
   */
  public void limit(int most, Duration turn) {
    places.limit(most, turn);
  }

  /** All syncs of a context, whether their routes are started or not. */
  public static List<SyncEndpoint> syncs(CamelContext context) {
    return context.getEndpoints().stream()
        .filter(SyncEndpoint.class::isInstance)
        .map(SyncEndpoint.class::cast)
        .toList();
  }

  Places places() {
    return places;
  }

  ExecutorService runs() {
    return runs;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  /**
   * Makes the consumer the one of its sync.
   *
   * @throws SettingsException when another route has that sync: their runs would overlap
   */
  void begin(SyncConsumer consumer) {
    SyncConsumer other = consumers.putIfAbsent(consumer.name(), consumer);
    if (other != null && other != consumer) {
      throw new SettingsException(
          "Two routes begin with sync:%s; each sync is one route. Rename one of them."
              .formatted(consumer.name()));
    }
  }

  void end(SyncConsumer consumer) {
    consumers.remove(consumer.name(), consumer);
  }

  /** Called with each run that ended, its report stored. */
  public void onRunEnd(Consumer<Run> listener) {
    endListener = listener;
  }

  /** Of a sync, across the edits of its route. */
  public Totals totals(String sync) {
    return totals.computeIfAbsent(sync, name -> new Totals());
  }

  /** The sync of that name, as its route is now. */
  public Optional<SyncEndpoint> sync(String name) {
    return Optional.ofNullable(consumers.get(name)).map(SyncConsumer::sync);
  }

  void started(Run run) {
    lastStarts.put(run.sync(), run.requested());
  }

  Optional<Instant> lastStart(String sync) {
    return Optional.ofNullable(lastStarts.get(sync));
  }

  Optional<Run> lastRun(String sync) {
    return Optional.ofNullable(lastRuns.get(sync));
  }

  void end(Run run) {
    lastRuns.put(run.sync(), run);
    endListener.accept(run);
    threads.forEach(pool -> pool.end(run));
  }

  @Override
  protected void doShutdown() throws Exception {
    super.doShutdown();
    timer.shutdownNow();
    runs.shutdown();
    threads.forEach(RunThreads::shutdown);
  }
}

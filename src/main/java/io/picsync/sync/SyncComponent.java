package io.picsync.sync;

import io.picsync.settings.SettingsException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** {@code sync:NAME}: the runs of all syncs, bounded together, first come first served. */
public final class SyncComponent extends DefaultComponent {
  private final Clock clock;
  private final List<RunThreads> threads;
  private final Map<String, SyncConsumer> consumers = new ConcurrentHashMap<>();
  private final ExecutorService runs;
  private final ScheduledExecutorService timer;
  private volatile Function<SyncEndpoint, @Nullable Object> managedView = sync -> null;

  /**
   * @param runs the most at once; a further one waits
   * @param threads whose threads of a run end with it
   */
  public SyncComponent(CamelContext context, Clock clock, int runs, List<RunThreads> threads) {
    super(context);
    this.clock = clock;
    this.threads = List.copyOf(threads);
    this.runs = Executors.newFixedThreadPool(runs, task -> daemon(task, "sync-run"));
    this.timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sync-timer"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
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

  void end(Run run) {
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

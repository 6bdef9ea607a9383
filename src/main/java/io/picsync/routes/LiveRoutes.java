package io.picsync.routes;

import io.picsync.routes.RouteEdits.Decision;
import io.picsync.sync.Causes;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Edits of route files that take effect while picsync runs. Looks at the files once a second; an
 * edit that breaks a rule changes nothing, and what was before goes on. Runs of the syncs that an
 * edit concerns end at a picture, or finish, before it takes effect; all others go on. Its service
 * thread does all of it; what others ask it is thread-safe.
 */
public final class LiveRoutes extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Pictures under way have so much time to finish before the run is cancelled. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What becomes of a run whose route is changed. */
  public enum Runs {
    /** The pictures under way finish; the rest is for the run that begins under the new route. */
    end,
    /** All of it finishes first. */
    finish
  }

  private final CamelContext context;
  private final Supplier<RouteRules> makeRules;
  private final RouteFolder folder;
  private final RouteSwap swap;
  private final Runs runs;
  private final ScheduledExecutorService watch;
  private @Nullable RouteEdits edits;
  private Map<String, RouteFile> applied = Map.of();
  private Map<String, RouteFile> tried = Map.of();
  private Map<String, RouteFile> pending = Map.of();
  private final Map<String, Optional<Mode>> ended = new HashMap<>();
  private boolean holding;
  private String trouble = "";
  private long asked;
  private volatile List<RouteFault> faults = List.of();
  private volatile String waitsFor = "";

  /** In which file each route stands. */
  private volatile Map<String, String> files = Map.of();

  /**
   * @param files all route files that there are now
   * @param rules made when the first edit is seen, because it takes some memory
   */
  public LiveRoutes(
      CamelContext context, Supplier<List<Path>> files, Supplier<RouteRules> rules, Runs runs) {
    this.context = context;
    this.makeRules = rules;
    this.folder = new RouteFolder(files);
    this.swap = new RouteSwap(context);
    this.runs = runs;
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "routes-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** To be called before Camel reads the files, so that no edit falls between the two. */
  public void remember() {
    try {
      folder.begin();
      applied = folder.settled();
      tried = applied;
      pending = applied;
      locate();
    } catch (IOException e) {
      throw new UncheckedIOException("The route files can't be read: " + e.getMessage(), e);
    }
  }

  @Override
  protected void doStart() {
    watch.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    watch.shutdownNow();
  }

  /** What keeps edits from taking effect; empty when all that the files say is in effect. */
  public List<RouteFault> faults() {
    return faults;
  }

  /** What is wrong in the file that has, or would have, this sync; empty for nothing. */
  public String faultOf(String sync) {
    String own = "routes/syncs/" + sync + ".camel.yaml";
    return faults.stream()
        .filter(fault -> fault.file().equals(files.getOrDefault(sync, own)))
        .map(RouteFault::toString)
        .collect(Collectors.joining(" "));
  }

  /** Names of the syncs whose runs an edit waits for, empty for none. */
  public String waitsFor() {
    return waitsFor;
  }

  private void look() {
    try {
      Map<String, RouteFile> wanted = folder.settled();
      if (!wanted.equals(tried)) {
        decide(wanted);
      }
      if (pending != applied) {
        settle();
      }
      if (pending == applied && holding) {
        letGo();
      }
      trouble = "";
    } catch (IOException | UncheckedIOException e) {
      if (!trouble.equals(e.toString())) {
        trouble = e.toString();
        LOG.warn("The route files can't be looked at; what was before goes on. why={}", trouble);
      }
    } catch (RuntimeException e) {
      LOG.error("Looking after the route files failed.", e);
    }
  }

  private void decide(Map<String, RouteFile> wanted) {
    if (edits == null) {
      edits = new RouteEdits(makeRules.get());
    }
    tried = wanted;
    Decision decision = edits.decide(applied, wanted);
    tell(decision.faults());
    pending = decision.files();
    asked = System.nanoTime();
  }

  private void locate() {
    Map<String, String> found = new HashMap<>();
    applied
        .values()
        .forEach(file -> file.routes().forEach(route -> found.put(route.text("/id"), file.name())));
    files = Map.copyOf(found);
  }

  private void tell(List<RouteFault> found) {
    for (RouteFault fault : found) {
      LOG.error(
          "An edit is refused; what was before goes on. file={} line={} why={}",
          fault.file(),
          fault.line(),
          fault.what());
    }
    if (found.isEmpty() && !faults.isEmpty()) {
      LOG.info("All route files are well again.");
    }
    faults = List.copyOf(found);
  }

  /** Takes effect as soon as no run of the concerned syncs is under way. */
  private void settle() {
    RouteChange change = RouteChange.between(applied.values(), pending.values());
    if (change.isEmpty()) {
      applied = pending; // a comment
      return;
    }
    List<SyncEndpoint> concerned =
        syncs().stream().filter(sync -> change.syncs().contains(sync.getName())).toList();
    holding = true;
    syncs().forEach(sync -> sync.hold(change.syncs().contains(sync.getName())));
    List<String> busy = new ArrayList<>();
    for (SyncEndpoint sync : concerned) {
      sync.run()
          .ifPresent(
              run -> {
                busy.add(sync.getName());
                end(sync, run);
              });
    }
    if (busy.isEmpty()) {
      waitsFor = "";
      apply(change);
    } else if (!String.join(", ", busy).equals(waitsFor)) {
      waitsFor = String.join(", ", busy);
      LOG.info("An edit of routes waits for runs to {}. syncs={}", runs, waitsFor);
    }
  }

  private void end(SyncEndpoint sync, Run run) {
    if (runs == Runs.finish) {
      return;
    }
    Optional<Mode> other =
        run.mode() == sync.getMode() ? Optional.empty() : Optional.of(run.mode());
    if (ended.put(sync.getName(), other) == null) {
      run.endAtPicture("Its route was changed; the run that begins under the new one goes on.");
    } else if (System.nanoTime() - asked > PATIENCE.toNanos()) {
      run.cancel("Its route was changed, and a picture took too long.");
    }
  }

  private void apply(RouteChange change) {
    Map<String, RouteFile> before = applied;
    Map<String, RouteFile> after = pending;
    try {
      swap.remove(change.removed(), change.policies());
      swap.add(after.values(), change.added(), change.policies());
      applied = after;
      locate();
      LOG.info(
          "Edits of routes took effect. removed={} added={}", change.removed(), change.added());
    } catch (Exception e) {
      tell(List.of(fault(e, before, after)));
      pending = applied;
      back(change, before);
    }
  }

  /** Camel's words about something that no rule foresaw, at the first file that changed. */
  private static RouteFault fault(
      Exception failure, Map<String, RouteFile> before, Map<String, RouteFile> after) {
    String file =
        after.keySet().stream()
            .filter(name -> after.get(name) != before.get(name))
            .findFirst()
            .orElse("routes");
    return new RouteFault(file, 1, "load", Causes.message(failure));
  }

  private void back(RouteChange change, Map<String, RouteFile> before) {
    try {
      swap.remove(change.added(), change.policies());
      swap.add(before.values(), change.removed(), change.policies());
    } catch (Exception e) {
      LOG.error(
          "The routes before the edit can't be put back; restart picsync. routes={} why={}",
          change.removed(),
          Causes.message(e));
    }
  }

  /** Runs that an edit ended begin anew, as soon as they have ended; in the route's mode. */
  private void letGo() {
    boolean all = true;
    for (SyncEndpoint sync : syncs()) {
      sync.hold(false);
      Optional<Mode> other = ended.get(sync.getName());
      if (other != null && sync.run().isPresent()) {
        all = false;
      } else if (other != null) {
        ended.remove(sync.getName());
        begin(sync, other.orElse(sync.getMode()));
      }
    }
    if (all) {
      ended.clear(); // what is left is of syncs that are no more
      holding = false;
    }
  }

  private static void begin(SyncEndpoint sync, Mode mode) {
    try {
      sync.start(mode);
    } catch (IllegalStateException e) {
      LOG.debug("The sync runs by itself. sync={}", sync.getName());
    }
  }

  private List<SyncEndpoint> syncs() {
    return context.getEndpoints().stream()
        .filter(SyncEndpoint.class::isInstance)
        .map(SyncEndpoint.class::cast)
        .toList();
  }
}

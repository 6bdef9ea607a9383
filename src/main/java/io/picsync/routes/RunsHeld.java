package io.picsync.routes;

import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the runs of some syncs from going on while an edit takes effect, and lets them go on after
 * it. All other syncs' runs are left alone. For one thread.
 */
final class RunsHeld {
  private static final Logger LOG = LoggerFactory.getLogger(RunsHeld.class);

  /** Pictures under way have so much time to finish before the run is cancelled. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CamelContext context;
  private final LiveWatch.Runs runs;
  private final Map<String, Ended> ended = new HashMap<>();
  private boolean holding;
  private long since;
  private String waitsFor = "";

  /**
   * A run that an edit ended.
   *
   * @param mode null for that of the route
   */
  private record Ended(@Nullable Mode mode, boolean scheduled) {}

  RunsHeld(CamelContext context, LiveWatch.Runs runs) {
    this.context = context;
    this.runs = runs;
  }

  /**
   * Lets no further run of these syncs begin, and ends those under way as the operator wants it.
   *
   * @return whether none is under way any more
   */
  boolean hold(Set<String> concerned) {
    if (!holding) {
      since = System.nanoTime();
    }
    holding = true;
    List<String> busy = new ArrayList<>();
    for (SyncEndpoint sync : SyncComponent.syncs(context)) {
      boolean hold = concerned.contains(sync.getName());
      sync.hold(hold);
      if (hold) {
        sync.run()
            .ifPresent(
                run -> {
                  busy.add(sync.getName());
                  end(sync, run);
                });
      }
    }
    String names = String.join(", ", busy);
    if (!busy.isEmpty() && !names.equals(waitsFor)) {
      LOG.info("An edit waits for runs to {}. syncs={}", runs, names);
    }
    waitsFor = names;
    return busy.isEmpty();
  }

  /** Names of the syncs whose runs are waited for, empty for none. */
  String waitsFor() {
    return waitsFor;
  }

  private void end(SyncEndpoint sync, Run run) {
    if (runs == LiveWatch.Runs.finish || run.isReported()) {
      return;
    }
    Mode other = run.mode() == sync.getMode() ? null : run.mode();
    if (ended.put(sync.getName(), new Ended(other, run.isScheduled())) == null) {
      run.endAtPicture(
          "Its route or a server was changed; the run that begins after the change goes on.");
    } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
      run.cancel("Its route or a server was changed, and a picture took too long.");
    }
  }

  /** Runs that an edit ended go on in new ones, as soon as they have ended. */
  void letGo() {
    if (!holding) {
      return;
    }
    waitsFor = "";
    boolean all = true;
    for (SyncEndpoint sync : SyncComponent.syncs(context)) {
      sync.hold(false);
      Ended run = ended.get(sync.getName());
      if (run != null && sync.run().isPresent()) {
        all = false;
      } else if (run != null) {
        ended.remove(sync.getName());
        begin(sync, run);
      }
    }
    if (all) {
      ended.clear(); // what is left is of syncs that are no more
      holding = false;
    }
  }

  private static void begin(SyncEndpoint sync, Ended run) {
    try {
      sync.goOn(run.mode() == null ? sync.getMode() : run.mode(), run.scheduled());
    } catch (IllegalStateException e) {
      LOG.debug("The sync runs by itself. sync={}", sync.getName());
    }
  }
}

package io.picsync.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the files that operators edit, once a second say, and lets edits take effect one after
 * the other: runs of the syncs that an edit concerns end at a picture, or finish, before it; all
 * others go on. Its service thread does all of it; what others ask it is thread-safe.
 */
public final class LiveWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(LiveWatch.class);

  /** What becomes of a run that an edit concerns. */
  public enum Runs {
    /** The pictures under way finish; the rest is for the run that begins after the edit. */
    end,
    /** All of it finishes first. */
    finish
  }

  private final List<LiveEdits> edits;
  private final Duration look;
  private final RunsHeld held;
  private final ScheduledExecutorService watch;
  private String trouble = "";
  private boolean again;
  private volatile String waitsFor = "";

  /**
   * @param edits looked at in this order, so what others rest on comes first
   * @param look the time between two looks
   */
  public LiveWatch(CamelContext context, List<LiveEdits> edits, Runs runs, Duration look) {
    this.edits = List.copyOf(edits);
    this.look = look;
    this.held = new RunsHeld(context, runs);
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "edits-watch");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  protected void doStart() {
    watch.scheduleWithFixedDelay(
        this::look, look.toMillis(), look.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void doStop() {
    watch.shutdownNow();
  }

  /** Names of the syncs whose runs an edit waits for, empty for none. */
  public String waitsFor() {
    return waitsFor;
  }

  private void look() {
    try {
      boolean once = again;
      again = false;
      boolean waits = false;
      for (LiveEdits each : edits) {
        each.look(once);
        waits = waits || waits(each);
      }
      if (!waits) {
        held.letGo();
      }
      waitsFor = held.waitsFor();
      trouble = "";
    } catch (IOException | UncheckedIOException e) {
      if (!trouble.equals(e.toString())) {
        trouble = e.toString();
        LOG.warn("The files can't be looked at; what was before goes on. why={}", trouble);
      }
    } catch (RuntimeException | Error e) { // else the timer would not look again, without a word
      LOG.error("Looking after edits failed.", e);
    }
  }

  /** Lets it take effect if no run is in its way. */
  private boolean waits(LiveEdits each) {
    Optional<Set<String>> concerned = each.concerned();
    if (concerned.isEmpty()) {
      return false;
    }
    if (!held.hold(concerned.get())) {
      return true;
    }
    again |= each.apply(); // what was refused may be right now
    return false;
  }
}

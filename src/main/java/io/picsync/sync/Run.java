package io.picsync.sync;

import io.picsync.archive.Bandwidth;
import io.picsync.archive.Traffic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution of a sync, from the request to the stored report. Travels as the exchange property
 * {@link #PROPERTY}. Thread-safe.
 */
public final class Run {
  /** Exchange property with the run, on every exchange of it. */
  public static final String PROPERTY = "PicsyncRun";

  private static final Logger LOG = LoggerFactory.getLogger(Run.class);
  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final String id;
  private final SyncOptions options;
  private final Mode mode;
  private final Clock clock;
  private final Instant requested;
  private final RunFlow flow;
  private final boolean scheduled;
  private final Progress progress;
  private final RunEnd end = new RunEnd();
  private final Map<Class<?>, Object> parts = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.waiting;
  private volatile boolean cancelled;
  private volatile boolean halted;
  private volatile boolean reported;
  private volatile String alarm = "";
  private @Nullable Instant started;
  private @Nullable Instant compared;
  private @Nullable Instant finished;
  private String sourceAddress = "";
  private String destinationAddress = "";

  /** A run that waits for nobody. */
  public Run(SyncOptions options, Mode mode, Clock clock) {
    this(options, mode, clock, new Totals(), Bandwidth.unlimited(), null, false);
  }

  /**
   * @param totals to which its figures are added
   * @param bandwidth of its sync
   * @param place in line for its turn; null for none
   * @param scheduled whether it is of its sync's schedule, and nobody asked for it
   */
  Run(
      SyncOptions options,
      Mode mode,
      Clock clock,
      Totals totals,
      Bandwidth bandwidth,
      Places.@Nullable Place place,
      boolean scheduled) {
    this.scheduled = scheduled;
    this.progress = new Progress(totals);
    this.flow = new RunFlow(this, bandwidth, place);
    this.options = options;
    this.mode = mode;
    this.clock = clock;
    this.requested = clock.instant();
    this.id = ID.format(requested) + "-" + options.name();
  }

  /** Sorts by time: {@code 20261122T164543123Z-source1}. */
  public String id() {
    return id;
  }

  public SyncOptions options() {
    return options;
  }

  public String sync() {
    return options.name();
  }

  public String source() {
    return options.source();
  }

  public String destination() {
    return options.destination();
  }

  /** Tells where the archives really are, for the report. */
  public synchronized void locate(String source, String destination) {
    sourceAddress = source;
    destinationAddress = destination;
  }

  /** Empty as long as nothing is known. */
  public synchronized String sourceAddress() {
    return sourceAddress;
  }

  public synchronized String destinationAddress() {
    return destinationAddress;
  }

  public Mode mode() {
    return mode;
  }

  public Progress progress() {
    return progress;
  }

  /** What a capability keeps of this run; made at the first call. */
  public <T> T part(Class<T> type, Function<Run, T> make) {
    return type.cast(Objects.requireNonNull(parts.computeIfAbsent(type, key -> make.apply(this))));
  }

  /** The same, empty where nothing was kept. */
  public <T> Optional<T> find(Class<T> type) {
    return Optional.ofNullable(type.cast(parts.get(type)));
  }

  /** Closes what capabilities keep of the run; called once, at its very end. */
  void close() {
    for (Object part : parts.values()) {
      if (part instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          LOG.warn("Something of the run could not be closed. run={} why={}", id, e.toString());
        }
      }
    }
  }

  public Phase phase() {
    return phase;
  }

  public void enter(Phase next) {
    phase = next;
    synchronized (this) {
      if (next == Phase.comparing) {
        started = clock.instant();
      } else if (next == Phase.transferring && !cancelled && !halted) {
        compared = clock.instant();
      }
    }
  }

  /** Sets the time that its report tells as its end. */
  public synchronized void finish() {
    finished = clock.instant();
  }

  /** Whether it is of its sync's schedule; else somebody asked for it. */
  public boolean isScheduled() {
    return scheduled;
  }

  public Instant requested() {
    return requested;
  }

  public synchronized @Nullable Instant started() {
    return started;
  }

  /** When all folders had been compared, or were untrusted; null for a run that ended before. */
  public synchronized @Nullable Instant compared() {
    return compared;
  }

  public synchronized @Nullable Instant finished() {
    return finished;
  }

  /**
   * Its report is stored: whatever stops it from now on, while the report is delivered, changes
   * nothing of how it ended.
   */
  public void reported() {
    reported = true;
  }

  public boolean isReported() {
    return reported;
  }

  /** Stops the run as soon as bytes under way allow; its report says cancelled. */
  public synchronized void cancel(String why) {
    if (reported) {
      return;
    }
    cancelled = true;
    end.is(RunStatus.cancelled, why);
    resume();
  }

  /** Lets the pictures under way finish and begins nothing further; its report says cancelled. */
  public synchronized void endAtPicture(String why) {
    if (reported) {
      return;
    }
    halted = true;
    end.is(RunStatus.cancelled, why);
    resume();
  }

  public boolean cancelled() {
    return cancelled;
  }

  /**
   * Begins nothing further, because it would fail alike; what was planned is not attempted.
   *
   * @return false when the run was halted or cancelled before
   */
  public synchronized boolean halt(String why) {
    if (reported) {
      return false;
    }
    boolean first = !halted && !cancelled;
    halted = true;
    end.is(RunStatus.incomplete, why);
    flow.wake();
    return first;
  }

  /** Something is not as it should be, and the run goes on. The first cause is the one reported. */
  public void incomplete(String why) {
    end.is(RunStatus.incomplete, why);
  }

  /** The run can't do its work. */
  public synchronized void fail(String why) {
    halted = true;
    end.is(RunStatus.failed, why);
  }

  public RunStatus status() {
    return end.status();
  }

  public @Nullable String cause() {
    return end.cause();
  }

  /** Something that an operator has to look at, whether or not the run did its work. */
  public void raise(String what) {
    alarm = what;
  }

  /** Empty for none. */
  public String alarm() {
    return alarm;
  }

  public void pause() {
    flow.pause();
  }

  public void resume() {
    flow.resume();
  }

  public boolean paused() {
    return flow.paused();
  }

  /** Whether it waits for a place among the runs that may be under way at once. */
  public boolean waiting() {
    return flow.waiting();
  }

  /**
   * Asked before each folder and picture; waits while the run is paused, and for its turn: a paused
   * run gives its place to others, and so does one that had it for long while others wait. What is
   * under way then is finished.
   *
   * @return false when nothing further is to begin
   */
  public boolean goesOn() {
    try {
      flow.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cancel("Interrupted while it waited.");
    }
    return !ended();
  }

  /** Of the bytes under way. */
  Traffic traffic() {
    return flow;
  }

  /** Lets the next run in. */
  void givePlace() {
    flow.givePlace();
  }

  /** Whether nothing further is to begin. */
  boolean ended() {
    return cancelled || halted;
  }

  @Override
  public String toString() {
    return id;
  }
}

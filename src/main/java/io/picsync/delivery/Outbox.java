package io.picsync.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.sync.Causes;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The reports that {@code picsync.report.endpoint} does not have yet, as the bean {@code outbox}.
 * The reports folder is the queue, and a mark for each sync says how far it is: a report is marked
 * when the endpoint took it, so it comes at least once, and the reports of a sync come in their
 * order. An endpoint that is down is tried later and later, for ever. Thread-safe.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  /** So many reports are looked at to find two that were not cancelled. */
  private static final int LOOKS = 10;

  /** Exchange property: the reports that the exchange brings. */
  private static final String DELIVERY = "PicsyncDelivery";

  /** How a sync's reports get on. */
  private static final class Line {
    private boolean busy;
    private boolean waiting = true;
    private long stored;
    private String refusal = "";
    private Duration pause = Duration.ZERO;
    private Instant next = Instant.MIN;
  }

  /** A sync's waiting reports on their way, the oldest first. One thread. */
  static final class Delivery {
    private final Line line;
    private final long stored;
    private final Iterator<RunId> runs;
    private @Nullable RunId current;
    private boolean read;
    private boolean failed;
    private boolean over;

    Delivery(Line line, long stored, Iterator<RunId> runs) {
      this.line = line;
      this.stored = stored;
      this.runs = runs;
    }
  }

  private final StoredReports stored;
  private final Marks marks;
  private final Clock clock;
  private final boolean open;
  private final Instant since;
  private final Map<String, Line> lines = new ConcurrentHashMap<>();

  /**
   * @param reports the reports folder
   * @param open whether an endpoint is configured; without one nothing waits
   */
  public Outbox(Path reports, boolean open, Clock clock) throws IOException {
    this.stored = new StoredReports(reports);
    this.marks = new Marks(reports);
    this.clock = clock;
    this.open = open;
    this.since = open ? marks.since(clock.instant()) : Instant.MAX;
    if (open) {
      stored.syncs().forEach(this::line);
    }
  }

  private Line line(String sync) {
    return lines.computeIfAbsent(sync, name -> new Line());
  }

  /** The syncs whose reports are to be tried now. */
  public List<String> due() {
    List<String> due = new ArrayList<>();
    Instant now = clock.instant();
    lines.forEach(
        (sync, line) -> {
          synchronized (line) {
            if (line.waiting && !line.busy && !now.isBefore(line.next)) {
              due.add(sync);
            }
          }
        });
    return due;
  }

  /**
   * Begins with the report that a run just stored, when it is the only one that its sync waits
   * with: then the run's end brings it. A longer line is not a run's to wait for.
   */
  public void stored(@ExchangeProperty(Run.PROPERTY) Run run, Exchange exchange) {
    exchange.removeProperty(DELIVERY);
    if (open) {
      Line line = line(run.sync());
      synchronized (line) {
        line.waiting = true;
        line.stored++;
      }
      begin(run.sync(), exchange, 1);
    }
  }

  /** Begins with all that a sync waits with. */
  public void begin(@Body String sync, Exchange exchange) {
    exchange.removeProperty(DELIVERY);
    begin(sync, exchange, Integer.MAX_VALUE);
  }

  private void begin(String sync, Exchange exchange, int most) {
    Line line = line(sync);
    long before;
    synchronized (line) {
      if (line.busy) {
        return; // somebody brings them already
      }
      line.busy = true;
      before = line.stored;
    }
    boolean begun = false;
    try {
      NavigableSet<RunId> waiting = waitingOf(sync);
      if (waiting.size() <= most) {
        Delivery delivery = new Delivery(line, before, waiting.iterator());
        exchange.setProperty(DELIVERY, delivery);
        exchange.getExchangeExtension().addOnCompletion(new AtTheEnd(delivery));
        begun = true;
      }
    } catch (IOException e) { // no matter of the run, whose report is stored
      refused(line, "What " + sync + " waits with is not known: " + Causes.message(e), sync, null);
    } finally {
      if (!begun) {
        synchronized (line) {
          line.busy = false;
        }
      }
    }
  }

  /**
   * A stop in a route of the operator's, which the endpoint is, may end the loop: the report was
   * taken then, and the others come with the next look.
   */
  private final class AtTheEnd extends SynchronizationAdapter {
    private final Delivery delivery;

    AtTheEnd(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public void onDone(Exchange exchange) {
      if (delivery.over) {
        return;
      }
      try {
        if (exchange.getException() == null && delivery.read) {
          delivered(delivery);
        }
      } catch (IOException e) {
        LOG.warn("A delivery can't be noted. run={} why={}", delivery.current, e.toString());
      } finally {
        over(delivery);
      }
    }
  }

  private NavigableSet<RunId> waitingOf(String sync) throws IOException {
    NavigableSet<RunId> runs = stored.unbundled(sync);
    Optional<RunId> last = marks.last(sync);
    return runs.tailSet(last.orElse(new RunId(sync, since)), last.isEmpty());
  }

  /** Ends when the endpoint refuses one: the next is not to overtake it. */
  public boolean isMore(@ExchangeProperty(DELIVERY) @Nullable Delivery delivery)
      throws IOException {
    if (delivery == null) {
      return false;
    }
    if (delivery.read) {
      delivered(delivery); // a stop in a route of the operator's went past the step that says so
    }
    if (!delivery.failed && delivery.runs.hasNext()) {
      delivery.current = delivery.runs.next();
      delivery.read = false;
      return true;
    }
    over(delivery);
    return false;
  }

  private static void over(Delivery delivery) {
    delivery.over = true;
    synchronized (delivery.line) {
      delivery.line.busy = false;
      if (!delivery.failed && delivery.line.stored == delivery.stored) {
        // else all are there
        delivery.line.waiting = delivery.current != null || delivery.runs.hasNext();
      }
    }
  }

  /**
   * Reads the waiting report whose turn it is, for a message without headers; again where that
   * failed.
   *
   * @return its JSON, with {@code CamelFileName} = {@code SYNC/RUN.json}, and {@code PicsyncChange}
   *     = {@link Change late, missing or recovered} where it tells of a change
   */
  public String read(@ExchangeProperty(DELIVERY) Delivery delivery, Exchange exchange)
      throws IOException {
    RunId run = Objects.requireNonNull(delivery.current);
    byte[] json =
        stored.read(run).orElseThrow(() -> new IOException("The report " + run + " is gone."));
    exchange.getMessage().setHeader(Exchange.FILE_NAME, run.sync() + "/" + run + ".json");
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setHeader("PicsyncSync", run.sync());
    change(run).ifPresent(is -> exchange.getMessage().setHeader("PicsyncChange", is.name()));
    delivery.read = true;
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Whether there is a report to be sent: else it could not be read. */
  public boolean isRead(@ExchangeProperty(DELIVERY) Delivery delivery) {
    return delivery.read;
  }

  /** By the reports before it, so it is the same when the report is sent a second time. */
  private Optional<Change> change(RunId run) {
    try {
      Optional<JsonNode> report = stored.json(run);
      List<JsonNode> before = new ArrayList<>();
      for (RunId one : stored.unbundled(run.sync()).headSet(run, false).descendingSet()) {
        if (before.size() == LOOKS) {
          break;
        }
        stored.json(one).ifPresent(before::add);
      }
      return report.flatMap(now -> Change.of(now, before));
    } catch (IOException e) {
      LOG.debug("Whether something changed is not known. run={}", run, e);
      return Optional.empty();
    }
  }

  /** The endpoint took it, unless {@link #undelivered} was told otherwise. */
  public void delivered(@ExchangeProperty(DELIVERY) Delivery delivery) throws IOException {
    RunId run = delivery.current;
    if (delivery.failed || run == null) {
      return;
    }
    marks.delivered(run);
    delivery.current = null;
    Line line = delivery.line;
    boolean recovered;
    synchronized (line) {
      recovered = !line.refusal.isEmpty();
      line.refusal = "";
      line.pause = Duration.ZERO;
      line.next = Instant.MIN;
    }
    if (recovered) {
      LOG.info("The report endpoint takes reports again. run={}", run);
    }
  }

  /** After the retries: the report lies in its folder, and comes later. Told when it begins. */
  public void undelivered(
      @ExchangeProperty(DELIVERY) Delivery delivery,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
      @ExchangeProperty(Exchange.TO_ENDPOINT) @Nullable String endpoint) {
    delivery.failed = true;
    refused(delivery.line, Causes.message(failure), delivery.current, endpoint);
  }

  private void refused(Line line, String why, @Nullable Object run, @Nullable String endpoint) {
    boolean first;
    synchronized (line) {
      first = line.refusal.isEmpty();
      line.refusal = why;
      Duration longer = line.pause.isZero() ? FIRST_PAUSE : line.pause.multipliedBy(2);
      line.pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      line.next = clock.instant().plus(line.pause);
    }
    LOG.atLevel(first ? Level.WARN : Level.DEBUG)
        .log(
            "The report was stored and not delivered; it is tried again until it is. run={} endpoint={} why={}",
            run,
            URISupport.sanitizeUri(endpoint), // it may hold a password
            why);
  }

  /**
   * The syncs whose reports the endpoint did not take at the last try, and why. Empty also for a
   * while after a start.
   */
  public SortedMap<String, String> refused() {
    SortedMap<String, String> refused = new TreeMap<>();
    lines.forEach(
        (sync, line) -> {
          synchronized (line) {
            if (!line.refusal.isEmpty()) {
              refused.put(sync, line.refusal);
            }
          }
        });
    return refused;
  }

  /** Whether the endpoint has a report, or none is configured: only then it may be bundled. */
  public boolean isDone(RunId run) throws IOException {
    return !open
        || run.requested().isBefore(since)
        || marks.last(run.sync()).filter(last -> last.compareTo(run) >= 0).isPresent();
  }
}

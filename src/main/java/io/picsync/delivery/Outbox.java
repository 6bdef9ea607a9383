package io.picsync.delivery;

import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.sync.Causes;
import io.picsync.sync.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
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

  /** Exchange property: the reports that the exchange brings. */
  private static final String DELIVERY = "PicsyncDelivery";

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
          if (line.isDue(now)) {
            due.add(sync);
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
      line(run.sync()).stored();
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
    long before = line.enter();
    if (before == Line.BUSY) {
      return;
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
        line.leave();
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
      if (delivery.isOver()) {
        return;
      }
      try {
        if (exchange.getException() == null) {
          delivered(delivery);
        }
      } catch (IOException e) {
        LOG.warn("A delivery can't be noted. run={} why={}", delivery.run(), e.toString());
      } finally {
        delivery.end();
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
    delivered(delivery); // a stop in a route of the operator's went past the step that says so
    boolean more = delivery.next();
    if (!more) {
      delivery.end();
    }
    return more;
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
    RunId run = delivery.run();
    byte[] json =
        stored.read(run).orElseThrow(() -> new IOException("The report " + run + " is gone."));
    exchange.getMessage().setHeader(Exchange.FILE_NAME, run.sync() + "/" + run + ".json");
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
    exchange.getMessage().setHeader("PicsyncSync", run.sync());
    Change.in(stored, run)
        .ifPresent(is -> exchange.getMessage().setHeader("PicsyncChange", is.name()));
    delivery.read();
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Whether there is a report to be sent: else it could not be read. */
  public boolean isRead(@ExchangeProperty(DELIVERY) Delivery delivery) {
    return delivery.isSending();
  }

  /** The endpoint took it, unless {@link #undelivered} was told otherwise. */
  public void delivered(@ExchangeProperty(DELIVERY) Delivery delivery) throws IOException {
    if (!delivery.isSending()) {
      return;
    }
    RunId run = delivery.run();
    marks.delivered(run);
    delivery.taken();
    boolean recovered = delivery.line().taken();
    if (recovered) {
      LOG.info("The report endpoint takes reports again. run={}", run);
    }
  }

  /** After the retries: the report lies in its folder, and comes later. Told when it begins. */
  public void undelivered(
      @ExchangeProperty(DELIVERY) Delivery delivery,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception failure,
      @ExchangeProperty(Exchange.TO_ENDPOINT) @Nullable String endpoint) {
    delivery.refused();
    refused(delivery.line(), Causes.message(failure), delivery.run(), endpoint);
  }

  private void refused(Line line, String why, @Nullable Object run, @Nullable String endpoint) {
    boolean first = line.refused(why, clock.instant());
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
          String why = line.refusal();
          if (!why.isEmpty()) {
            refused.put(sync, why);
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

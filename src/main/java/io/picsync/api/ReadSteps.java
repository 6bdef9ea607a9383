package io.picsync.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.picsync.report.Calendar;
import io.picsync.report.CalendarStore;
import io.picsync.sync.SyncEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code routes/api.camel.yaml} that tell how the syncs stand, as the bean {@code
 * api}. Thread-safe.
 */
public final class ReadSteps {
  private static final Logger LOG = LoggerFactory.getLogger(ReadSteps.class);
  private static final int DAYS = 366;

  private final CamelContext context;
  private final ApiSettings settings;
  private final Logins logins;
  private final Edits edits;
  private final Syncs syncs;
  private final ReportCatalog catalog;
  private final SyncView view;
  private final CalendarStore calendars;
  private final Answers answers = new Answers(System::nanoTime);
  private final byte[] document = Document.json();

  ReadSteps(
      CamelContext context,
      ApiSettings settings,
      Logins logins,
      Edits edits,
      Syncs syncs,
      ReportCatalog catalog,
      SyncView view,
      CalendarStore calendars) {
    this.context = context;
    this.settings = settings;
    this.logins = logins;
    this.edits = edits;
    this.syncs = syncs;
    this.catalog = catalog;
    this.view = view;
    this.calendars = calendars;
  }

  /** What any step failed with, as an answer. */
  public void problem(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Throwable cause = failure;
    while (cause != null && !(cause instanceof Problem)) {
      cause = cause.getCause();
    }
    if (cause instanceof Problem problem) {
      Call.refuse(exchange, problem);
    } else {
      LOG.error("A request failed. route={}", exchange.getFromRouteId(), failure);
      Call.refuse(exchange, Problem.ofStatus(500));
    }
  }

  public void openapi(Exchange exchange) {
    new Call(exchange).answer(document);
  }

  public void health(Exchange exchange) {
    Collection<HealthCheck.Result> results = HealthCheckHelper.invoke(context);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    boolean up = results.stream().noneMatch(ReadSteps::isDown);
    json.put("status", up ? "up" : "down");
    ArrayNode checks = json.putArray("checks");
    for (HealthCheck.Result result : results) {
      checks
          .addObject()
          .put("name", result.getCheck().getId())
          .put("status", isDown(result) ? "down" : "up");
    }
    new Call(exchange).answer(up ? 200 : 503, bytes(json));
  }

  private static boolean isDown(HealthCheck.Result result) {
    return result.getState() == HealthCheck.State.DOWN;
  }

  public void access(Exchange exchange) {
    Call call = new Call(exchange);
    Role role = call.role(logins);
    boolean read = role != Role.none || !settings.isReadingGuarded();
    String why =
        !read
            ? "Log in as reader or as operator to read."
            : role == Role.operator
                ? ""
                : settings.operator().isEmpty()
                    ? "Changing is off. Set picsync.api.operator.password (or -file) to switch it on."
                    : "Log in as operator to change anything.";
    call.answer(
        bytes(
            JsonNodeFactory.instance
                .objectNode()
                .put("read", read)
                .put("change", role == Role.operator)
                .put("changing", settings.operator().isPresent())
                .put("login", role.name())
                .put("why", why)));
  }

  public void index(Exchange exchange) {
    Map<String, String> passedOver = catalog.passedOver();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("state", state());
    json.put("reports", catalog.index().size());
    json.put("passedOver", passedOver.size());
    ArrayNode files = json.putArray("files");
    passedOver.entrySet().stream()
        .limit(ReportCatalog.examples())
        .forEach(
            entry -> files.addObject().put("file", entry.getKey()).put("why", entry.getValue()));
    new Call(exchange).answer(bytes(json));
  }

  public void edits(Exchange exchange) {
    new Call(exchange).answer(bytes(edits.json()));
  }

  private String state() {
    return catalog.isReady() ? "ready" : "building";
  }

  public void syncs(Exchange exchange) {
    new Call(exchange).answer(answers.of("syncs", asTheyStand(), this::syncs));
  }

  /** Another one after each change that somebody may wait for: a run began, moved on or ended. */
  private Object asTheyStand() {
    return List.of(
        state(),
        catalog.changes(),
        syncs.all().stream().map(sync -> sync.getName() + " " + view.state(sync)).toList());
  }

  private String syncs() {
    Map<String, ObjectNode> all = new TreeMap<>();
    for (String name : catalog.index().syncs()) {
      all.put(name, view.removed(name));
    }
    for (SyncEndpoint sync : syncs.all()) {
      all.put(sync.getName(), view.sync(sync));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("index", state());
    json.putArray("syncs").addAll(all.values());
    return json.toString();
  }

  public void sync(Exchange exchange) {
    Call call = new Call(exchange);
    String name = call.sync();
    Optional<SyncEndpoint> sync = known(name);
    call.answer(bytes(sync.isPresent() ? view.sync(sync.get()) : view.removed(name)));
  }

  /** Empty for one that is in the reports only. */
  private Optional<SyncEndpoint> known(String name) {
    Optional<SyncEndpoint> sync = syncs.find(name);
    if (sync.isEmpty() && !catalog.index().syncs().contains(name)) {
      throw Problem.notFound("There is no sync %s, nor a report of one.".formatted(name));
    }
    return sync;
  }

  public void progress(Exchange exchange) {
    new Call(exchange).answer(answers.of("progress", asTheyStand(), this::progress));
  }

  private String progress() {
    Map<String, ObjectNode> runs = new TreeMap<>();
    for (SyncEndpoint sync : syncs.all()) {
      sync.run().ifPresent(run -> runs.put(run.sync(), view.run(run)));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("runs").addAll(runs.values());
    return json.toString();
  }

  public void preview(Exchange exchange) {
    Call call = new Call(exchange);
    String name = call.sync();
    SyncEndpoint sync =
        known(name)
            .orElseThrow(() -> Problem.notFound("No route has the sync %s.".formatted(name)));
    History history = catalog.history(name);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sync", name);
    json.set("state", view.sync(sync).get("state"));
    History.Compared compared = history.compared();
    if (compared != null) {
      json.put("basis", compared.run()).put("asOf", compared.at());
      json.set("transfer", Summary.volume(compared.missing(), compared.bytes()));
      compared.seconds().ifPresent(seconds -> json.put("compareSeconds", seconds));
      history
          .rate()
          .ifPresent(
              rate ->
                  json.put("bytesPerSecond", rate)
                      .put("transferSeconds", Math.round(10.0 * compared.bytes() / rate) / 10.0));
    }
    call.answer(bytes(json));
  }

  public void calendar(Exchange exchange) {
    Call call = new Call(exchange);
    String name = call.sync();
    Optional<SyncEndpoint> sync = known(name);
    Optional<LocalDate> from = day(call, "from");
    Optional<LocalDate> to = day(call, "to");
    call.answer(
        answers.of(
            "calendar " + name + " " + from + " " + to,
            List.of(zone(sync), calendars.changed(name)),
            () -> calendar(name, zone(sync), from, to)));
  }

  private String calendar(
      String name, ZoneId zone, Optional<LocalDate> from, Optional<LocalDate> to) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("sync", name);
    Optional<Calendar> calendar = calendars.read(name);
    calendar.ifPresent(of -> json.put("run", of.run()).put("asOf", of.asOf()));
    ArrayNode days = JsonNodeFactory.instance.arrayNode();
    if (calendar.isPresent() && !calendar.get().days().isEmpty()) {
      GapCalendar gaps = new GapCalendar(calendar.get(), zone);
      LocalDate last = to.orElse(from.map(day -> day.plusDays(DAYS - 1)).orElse(gaps.last()));
      LocalDate first = from.orElse(last.minusDays(DAYS - 1));
      if (first.isAfter(last) || first.plusDays(DAYS).isBefore(last.plusDays(1))) {
        throw Problem.badRequest(
            "from=%s, to=%s: from 1 to %d days are wanted.".formatted(first, last, DAYS));
      }
      json.put("firstDay", gaps.first().toString()).put("lastDay", gaps.last().toString());
      int interval = gaps.interval(first, last);
      if (interval > 0) {
        json.put("intervalSeconds", interval);
      }
      gaps.write(first, last, days);
    }
    json.set("days", days);
    return json.toString();
  }

  private static ZoneId zone(Optional<SyncEndpoint> sync) {
    try {
      return sync.map(SyncEndpoint::getTimeZone).map(ZoneId::of).orElse(ZoneId.systemDefault());
    } catch (DateTimeException e) {
      return ZoneId.systemDefault(); // its schedule tells that it is none
    }
  }

  private static Optional<LocalDate> day(Call call, String name) {
    return call.query(name, 10)
        .map(
            text -> {
              try {
                return LocalDate.parse(text);
              } catch (DateTimeException e) {
                throw Problem.badRequest(
                    "%s=%s: a day such as 2011-07-14 is wanted.".formatted(name, text));
              }
            });
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}

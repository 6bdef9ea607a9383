package io.picsync.api;

import io.picsync.lists.ListFilter;
import io.picsync.lists.ListPage;
import io.picsync.lists.ListSource;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import io.picsync.sync.RunStatus;
import io.picsync.transfer.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The steps of {@code routes/api.camel.yaml} that show reports and lists, as the bean {@code
 * api-reports}. The work of each is bounded, whatever lies in the folder. Thread-safe.
 */
public final class ReportPages {
  /** Lines of a list that one answer looks at: some ten milliseconds of work. */
  private static final int LOOKS = 20_000;

  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final StoredReports stored;
  private final ReportCatalog catalog;

  ReportPages(StoredReports stored, ReportCatalog catalog) {
    this.stored = stored;
    this.catalog = catalog;
  }

  public void reports(Exchange exchange) throws IOException {
    Call call = new Call(exchange);
    int limit = call.queryCount("limit", 25, 100);
    ReportIndex.Filter filter =
        new ReportIndex.Filter(
            call.querySync(),
            statuses(call),
            time(call, "from").orElse(Instant.EPOCH),
            time(call, "to").orElse(NEVER));
    RunId before =
        call.query("cursor", 120)
            .map(
                text ->
                    RunId.of(text)
                        .orElseThrow(() -> Problem.badRequest("cursor: it is none of ours.")))
            .orElse(null);
    List<RunId> found = catalog.index().page(filter, before, limit + 1);
    List<RunId> page = found.subList(0, Math.min(limit, found.size()));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    write(
        json,
        "{\"index\":\"%s\",\"reports\":[".formatted(catalog.isReady() ? "ready" : "building"));
    String separator = "";
    for (RunId run : page) {
      Optional<byte[]> summary = summary(run);
      if (summary.isPresent()) {
        write(json, separator);
        json.write(summary.get());
        separator = ",";
      }
    }
    write(json, "]");
    if (found.size() > limit) {
      write(json, ",\"next\":\"%s\"".formatted(page.get(page.size() - 1)));
    }
    write(json, "}");
    call.answer(json.toByteArray());
  }

  /** A report that went or was damaged since it was indexed is left out. */
  private Optional<byte[]> summary(RunId run) {
    try {
      return catalog.summary(run);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void write(ByteArrayOutputStream json, String text) throws IOException {
    json.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Set<RunStatus> statuses(Call call) {
    Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
    for (String name :
        call.query("status", 100).stream().flatMap(t -> Arrays.stream(t.split(","))).toList()) {
      try {
        statuses.add(RunStatus.valueOf(name.strip()));
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest(
            "status=%s: %s are wanted, several by commas."
                .formatted(name, Arrays.toString(RunStatus.values())));
      }
    }
    return statuses;
  }

  private static Optional<Instant> time(Call call, String name) {
    return call.query(name, 40)
        .map(
            text -> {
              try {
                long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
                return Instant.ofEpochMilli(millis);
              } catch (DateTimeException | ArithmeticException e) { // the year 300,000,000, say
                throw Problem.badRequest(
                    "%s=%s: a time such as 2026-11-22T16:45:43Z is wanted.".formatted(name, text));
              }
            });
  }

  public void report(Exchange exchange) throws IOException {
    Call call = new Call(exchange);
    RunId run = call.run();
    byte[] json = stored.read(run).orElseThrow(() -> none(run));
    call.answer(json);
  }

  private static Problem none(RunId run) {
    return Problem.notFound("There is no report of a run %s.".formatted(run));
  }

  public void download(Exchange exchange) throws IOException {
    Call call = new Call(exchange);
    ListSource source = list(call);
    String name = call.run() + "." + call.list() + ".jsonl.gz";
    call.answer("application/gzip", tag(call, source), source.open(0));
    call.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  /** A list never changes; where it lies may. */
  private static String tag(Call call, ListSource source) {
    return "\"%s-%s-%x\"".formatted(call.run(), call.list(), source.size());
  }

  private ListSource list(Call call) throws IOException {
    RunId run = call.run();
    String list = call.list();
    return stored
        .list(run, list)
        .orElseThrow(() -> Problem.notFound("The run %s has no list '%s'.".formatted(run, list)));
  }

  public void lines(Exchange exchange) throws IOException {
    Call call = new Call(exchange);
    ListSource source = list(call);
    int limit = call.queryCount("limit", 100, 500);
    ListPage.Cursor from =
        call.query("cursor", 60)
            .map(
                text ->
                    ListPage.Cursor.of(text)
                        .orElseThrow(() -> Problem.badRequest("cursor: it is none of ours.")))
            .orElse(ListPage.Cursor.START);
    ListPage page = page(source, from, filter(call), limit);
    StringBuilder json = new StringBuilder("{\"lines\":[");
    json.append(String.join(",", page.lines())).append("],\"looked\":").append(page.looked());
    page.next().ifPresent(next -> json.append(",\"next\":\"").append(next).append('"'));
    call.answer(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static ListPage page(
      ListSource source, ListPage.Cursor from, ListFilter filter, int limit) throws IOException {
    try {
      return ListPage.read(source, from, filter, limit, LOOKS);
    } catch (IOException e) {
      if (from.equals(ListPage.Cursor.START)) {
        throw e;
      }
      throw Problem.badRequest("cursor: it is not of this list. " + e.getMessage());
    }
  }

  private static ListFilter filter(Call call) {
    Optional<String> outcome = call.query("outcome", 20);
    if (outcome.isPresent()
        && Arrays.stream(Outcome.Kind.values())
            .noneMatch(kind -> kind.key().equals(outcome.get()))) {
      throw Problem.badRequest("outcome=%s: there is no such outcome.".formatted(outcome.get()));
    }
    return new ListFilter(call.query("text", 200), call.query("folder", 500), outcome);
  }
}

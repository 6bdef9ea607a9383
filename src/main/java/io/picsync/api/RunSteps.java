package io.picsync.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.picsync.report.Acknowledgements;
import io.picsync.report.Json;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code routes/api.camel.yaml} that change something, as the bean {@code api-runs}.
 * The {@link Gate} has let only operators through. Thread-safe.
 */
public final class RunSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RunSteps.class);

  private final Syncs syncs;
  private final SyncView view;
  private final Acknowledgements acknowledgements;

  RunSteps(Syncs syncs, SyncView view, Acknowledgements acknowledgements) {
    this.syncs = syncs;
    this.view = view;
    this.acknowledgements = acknowledgements;
  }

  public void start(Exchange exchange) {
    Call call = new Call(exchange);
    SyncEndpoint sync = find(call);
    Mode mode = mode(field(call, "mode"));
    try {
      LOG.info("A run is requested over HTTP. sync={} mode={}", sync.getName(), mode);
      sync.start(mode);
      // a tiny run may have ended by now
      Run run = sync.run().or(sync::lastRun).orElseThrow();
      call.answer(202, bytes(view.run(run)));
    } catch (IllegalStateException e) {
      throw Problem.conflict(String.valueOf(e.getMessage()));
    }
  }

  private static Mode mode(String text) {
    for (Mode mode : Mode.values()) {
      if (mode.name().equals(text)) {
        return mode;
      }
    }
    throw Problem.badRequest("mode=%s: check or sync is wanted.".formatted(text));
  }

  public void cancel(Exchange exchange) {
    tell(exchange, "cancelled", run -> run.cancel("Cancelled by the operator."));
  }

  public void pause(Exchange exchange) {
    tell(exchange, "paused", Run::pause);
  }

  public void resume(Exchange exchange) {
    tell(exchange, "resumed", Run::resume);
  }

  public void acknowledge(Exchange exchange) {
    Call call = new Call(exchange);
    SyncEndpoint sync = find(call);
    if (view.alarm(sync).isEmpty()) {
      throw Problem.conflict("Sync %s has no alarm.".formatted(sync.getName()));
    }
    try {
      acknowledgements.note(sync.getName());
    } catch (IOException e) {
      throw Problem.busy("Not acknowledged, the alarm goes on. " + e.getMessage());
    }
    LOG.info("The alarm is acknowledged over HTTP. sync={}", sync.getName());
    call.answer(202, bytes(view.sync(sync)));
  }

  /** The run is named, so that nobody stops the one behind the one that he saw. */
  private void tell(Exchange exchange, String what, Consumer<Run> how) {
    Call call = new Call(exchange);
    SyncEndpoint sync = find(call);
    String wanted = field(call, "run");
    Run run =
        sync.run()
            .filter(now -> now.id().equals(wanted) && !now.isReported())
            .orElseThrow(
                () ->
                    Problem.conflict(
                        "The run %s is not going on, so it can't be %s.".formatted(wanted, what)));
    LOG.info("The run is {} over HTTP. run={}", what, run.id());
    how.accept(run);
    call.answer(202, bytes(view.run(run)));
  }

  private SyncEndpoint find(Call call) {
    String name = call.sync();
    return syncs
        .find(name)
        .orElseThrow(() -> Problem.notFound("No route has the sync %s.".formatted(name)));
  }

  private String field(Call call, String name) {
    if (call.body().length == 0) {
      throw Problem.badRequest(
          "No JSON came. Send {\"%s\": …} with the header Content-Type: application/json."
              .formatted(name));
    }
    JsonNode body;
    try {
      body = Json.MAPPER.readTree(call.body());
    } catch (IOException e) {
      throw Problem.badRequest("The body is no JSON.");
    }
    if (!body.path(name).isTextual() || body.size() != 1) {
      throw Problem.badRequest("The body is {\"%s\": …} and nothing else.".formatted(name));
    }
    return body.path(name).asText();
  }

  private static byte[] bytes(JsonNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}

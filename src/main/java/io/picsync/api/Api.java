package io.picsync.api;

import io.picsync.report.Acknowledgements;
import io.picsync.report.CalendarStore;
import io.picsync.report.ReportSteps;
import io.picsync.report.RunId;
import io.picsync.report.StoredReports;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;

/** Puts the API under the routes of {@code routes/api.camel.yaml}. */
public final class Api {
  private Api() {}

  /**
   * Binds the beans {@code api}, {@code api-reports} and {@code api-runs}, and the server under
   * Camel's platform-http; it listens when the context has started.
   *
   * @param edits what became of edits of files
   * @param folder the reports folder
   * @return where it will listen
   */
  public static ApiServer bind(
      CamelContext context,
      ApiSettings settings,
      Edits edits,
      ReportSteps reports,
      Path folder,
      Clock clock)
      throws Exception {
    StoredReports stored = new StoredReports(folder);
    CalendarStore calendars = new CalendarStore(folder);
    ReportCatalog catalog = new ReportCatalog(stored);
    reports.watch(run -> RunId.of(run.id()).ifPresent(catalog::stored));
    Syncs syncs = new Syncs(context);
    SyncView view = new SyncView(syncs, catalog, calendars);
    Logins logins = new Logins(settings.reader(), settings.operator(), clock);
    context
        .getRegistry()
        .bind(
            "api",
            new ReadSteps(context, settings, logins, edits, syncs, catalog, view, calendars));
    context.getRegistry().bind("api-reports", new ReportPages(stored, catalog));
    context.getRegistry().bind("api-runs", new RunSteps(syncs, view, new Acknowledgements(folder)));
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    context.getRegistry().findByType(HealthCheck.class).forEach(health::register);
    context.addService(catalog, true, true);
    ApiServer server = new ApiServer(settings, logins);
    context.getRegistry().bind("api-server", server);
    server.bind(context);
    return server;
  }
}

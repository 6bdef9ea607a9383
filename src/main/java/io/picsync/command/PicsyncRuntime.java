package io.picsync.command;

import ch.qos.logback.classic.LoggerContext;
import io.picsync.api.Api;
import io.picsync.api.ApiSettings;
import io.picsync.api.Edits;
import io.picsync.archive.ArchiveComponent;
import io.picsync.archive.Owner;
import io.picsync.archive.Servers;
import io.picsync.archive.Spool;
import io.picsync.archive.TemporaryNames;
import io.picsync.archive.file.FileServerKind;
import io.picsync.archive.ftp.FtpServerKind;
import io.picsync.archive.ftp.FtpsServerKind;
import io.picsync.archive.sftp.SftpServerKind;
import io.picsync.compare.CompareSteps;
import io.picsync.compare.NextLevel;
import io.picsync.delivery.Outbox;
import io.picsync.page.Page;
import io.picsync.report.Acknowledgements;
import io.picsync.report.ReportSteps;
import io.picsync.report.SourceAlarms;
import io.picsync.report.SourcesHealth;
import io.picsync.retention.RetentionSteps;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.RunThreads;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import io.picsync.transfer.TransferSteps;
import io.picsync.watch.ConfigurationHealth;
import io.picsync.watch.LatestReports;
import io.picsync.watch.ManagedSync;
import io.picsync.watch.RoutesHealth;
import io.picsync.watch.ScheduleHealth;
import io.picsync.watch.ServersHealth;
import io.picsync.watch.SyncsHealth;
import io.picsync.watch.WatchedRoutes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The one wiring: reads the settings and puts components, beans and threads into a Camel context,
 * under the names that the routes call them by. Everything else is in {@code routes/}.
 */
public final class PicsyncRuntime extends MainListenerSupport {
  private final Path state;
  private final Clock clock;
  private final Map<String, String> given;
  private boolean service;

  /**
   * @param state relative folders of the configuration are below it
   */
  public PicsyncRuntime(Path state, Clock clock) {
    this(state, clock, Map.of());
  }

  /**
   * @param given settings that are taken letter by letter, placeholders in them are not resolved
   */
  PicsyncRuntime(Path state, Clock clock, Map<String, String> given) {
    this.state = state;
    this.clock = clock;
    this.given = Map.copyOf(given);
  }

  /** Also what only a service needs: the API, and routes that run by themselves. */
  public PicsyncRuntime asService() {
    service = true;
    return this;
  }

  /** Camel's main calls this when the properties are there and the routes are not yet. */
  @Override
  public void beforeConfigure(BaseMainSupport main) {
    Vaults.configure(main.getCamelContext());
    bind(main.getCamelContext());
    if (!service) {
      main.configure().withRoutesExcludePattern(CamelMain.SERVICE_ROUTES);
    } else if (main.getCamelContext().getRegistry().lookupByName("api") == null) {
      main.configure().withRoutesExcludePattern(CamelMain.API_ROUTES);
    }
  }

  /**
   * For a context without Camel's main.
   *
   * @throws SettingsException when a setting can't be used
   */
  public void bind(CamelContext context) {
    Settings settings = SettingsSource.of(context, given);
    RuntimeSettings read = RuntimeSettings.read(settings, state);
    LogFile.open(settings, state, (LoggerContext) LoggerFactory.getILoggerFactory());
    Path reports = read.reports();
    ReportsFolder.prepare(reports);
    Owner owner = Owner.in(reports);
    Leftovers leftovers = new Leftovers(owner, reports, read.spool());
    leftovers.remove();
    context.getPropertiesComponent().addPropertiesSource(new Defaults(settings));

    RunThreads compareThreads = RunThreads.growing("compare", read.compareThreads());
    RunThreads transferThreads = new RunThreads("transfer", read.transferThreads());
    Servers servers =
        new Servers(
            List.of(
                new FileServerKind(),
                new FtpServerKind(context),
                new FtpsServerKind(context),
                new SftpServerKind()),
            settings,
            new TemporaryNames(owner),
            clock);
    addStartCheck(context, servers);
    CompareSteps compare = new CompareSteps(servers, reports, clock);
    TransferSteps transfer = new TransferSteps(compare, servers, reports, clock);

    Registry registry = context.getRegistry();
    registry.bind("settings", settings);
    registry.bind("compare-threads", compareThreads);
    registry.bind("transfer-threads", transferThreads);
    registry.bind("next-level", new NextLevel());
    registry.bind("compare", compare);
    registry.bind("transfer", transfer);
    registry.bind("outcomes", transfer.accounting());
    SourceAlarms alarms = new SourceAlarms(reports, !service);
    ReportSteps report = new ReportSteps(compare, transfer, alarms, reports);
    registry.bind("report", report);
    Outbox outbox = outbox(reports, settings);
    registry.bind("outbox", outbox);
    registry.bind(
        "picsync-delivery",
        new SyncsHealth(
            "picsync-delivery",
            outbox::refused,
            "No report was refused.",
            "The report endpoint does not take the reports of "));
    registry.bind(
        "retention",
        new RetentionSteps(reports, outbox, read.bundleAfter(), read.deleteAfter(), clock));
    registry.bind("servers", servers);
    Spool spool = new Spool(leftovers.ownSpool(), read.memory());
    ArchiveComponent archive = new ArchiveComponent(context, servers, spool, owner, clock);
    archive.setVerify(read.verify());
    archive.setReadBack(read.readBack());
    context.addComponent("archive", archive);
    SyncComponent sync =
        new SyncComponent(
            context, clock, read.runs(), read.turn(), List.of(compareThreads, transferThreads));
    LatestReports latest = new LatestReports(reports);
    Function<SyncEndpoint, ManagedSync> view =
        made ->
            new ManagedSync(
                made,
                latest,
                new Acknowledgements(reports),
                servers,
                name -> LiveEditing.routeFault(registry, name));
    sync.setManagedView(view::apply);
    WatchedRoutes watched = new WatchedRoutes(context, servers, view);
    context.addLifecycleStrategy(watched);
    registry.bind("watched-routes", watched);
    registry.bind("latest-reports", latest);
    registry.bind("picsync-servers", new ServersHealth(servers));
    registry.bind(
        "picsync-routes",
        new RoutesHealth(
            () -> LiveEditing.routeFaults(registry), () -> LiveEditing.standingFaults(registry)));
    registry.bind(
        "picsync-configuration",
        new ConfigurationHealth(
            () -> LiveEditing.configurationFaults(registry),
            () -> LiveEditing.waitingKeys(registry)));
    registry.bind(
        LiveSettings.BEAN,
        new LiveSettings(
            context,
            settings,
            state,
            new LiveSettings.Parts(
                servers,
                compare,
                sync,
                archive,
                leftovers.ownSpool(),
                compareThreads,
                transferThreads,
                watched)));
    registry.bind("picsync-schedule", new ScheduleHealth(watched, clock));
    registry.bind(
        "picsync-sources", new SourcesHealth(alarms, name -> sync.sync(name).isPresent()));
    registry.bind(
        "picsync-reports",
        new SyncsHealth(
            "picsync-reports",
            watched::unreported,
            "The last run of each sync is reported.",
            "The last runs of these syncs left no report: "));
    context.addComponent("sync", sync);
    if (service) {
      report.keepCalendars();
      bindApi(context, settings, report, reports);
    }
  }

  private Outbox outbox(Path reports, Settings settings) {
    try {
      return new Outbox(reports, settings.text(RuntimeKeys.REPORT_ENDPOINT).isPresent(), clock);
    } catch (IOException e) {
      throw new SettingsException(
          "The outbox of the reports in %s can't be used: %s".formatted(reports, e.getMessage()),
          e);
    }
  }

  private void bindApi(CamelContext context, Settings settings, ReportSteps report, Path reports) {
    Optional<ApiSettings> api = ApiSettings.read(settings, state);
    try {
      if (api.isPresent()) {
        Api.bind(context, api.get(), edits(context.getRegistry()), report, reports, clock);
        context.getRegistry().bind("page", new Page());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The API can't be made ready: " + e.getMessage(), e);
    }
  }

  private static void addStartCheck(CamelContext context, Servers servers) {
    try {
      context.addStartupListener(new StartCheck(servers));
    } catch (Exception e) {
      throw new IllegalStateException("The routes can't be checked.", e);
    }
  }

  /** Values for the placeholders in the routes that the configuration leaves open. */
  private record Defaults(Settings settings) implements PropertiesSource {
    @Override
    public String getName() {
      return "picsync-defaults";
    }

    @Override
    public @Nullable String getProperty(String name) {
      if (settings.text(name).isPresent()) {
        return null;
      }
      return switch (name) {
        case RuntimeKeys.TRANSFER -> "direct:transfer-picture";
        // the report is in its folder already, and goes nowhere else
        case RuntimeKeys.REPORT_ENDPOINT -> "log:io.picsync.report?level=OFF";
        default -> null;
      };
    }
  }

  private static Edits edits(Registry registry) {
    return new Edits(
        () ->
            Stream.of(LiveEditing.routeFaults(registry), LiveEditing.configurationFaults(registry))
                .flatMap(List::stream)
                .toList(),
        () -> LiveEditing.standingFaults(registry),
        () -> LiveEditing.waitingKeys(registry));
  }
}

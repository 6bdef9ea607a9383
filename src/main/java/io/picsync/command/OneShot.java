package io.picsync.command;

import io.picsync.archive.LockedFile;
import io.picsync.report.Report;
import io.picsync.report.ReportSteps;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.RunStatus;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.main.Main;

/** One run from the command line, over the same routes as the service. */
final class OneShot {
  /**
   * The one sync of a single command, between the servers {@code source} and {@code destination}.
   */
  static final String ROUTE = "classpath:io/picsync/command/command.camel.yaml";

  private final Console console;
  private final TransferOptions options;
  private final Mode mode;
  private final Map<String, String> environment;

  /**
   * @param environment where the passwords are looked for
   */
  OneShot(Console console, TransferOptions options, Mode mode, Map<String, String> environment) {
    this.console = console;
    this.options = options;
    this.mode = mode;
    this.environment = environment;
  }

  /** The exit code. */
  int call() throws Exception {
    LogSetup.level(options.verbosity);
    Map<String, String> settings = settings();
    Home home = Home.find();
    Path reports = reports();
    try (OneShotRuntime runtime = OneShotRuntime.start(home, settings)) {
      Run run = watch(configured(runtime.endpoint()));
      return tell(run, reports);
    }
  }

  private Map<String, String> settings() {
    try {
      if (options.settle != null) {
        Settings.duration("--settle", options.settle);
      }
      Map<String, String> settings = new TreeMap<>();
      settings.putAll(Sides.settings("source", options.source, options.connections, environment));
      settings.putAll(
          Sides.settings("destination", options.destination, options.connections, environment));
      if (isSame(settings, "uri") && isSame(settings, "username")) {
        throw new UsageException("SOURCE and DESTINATION are the same, " + options.source + ".");
      }
      int threads = 2 * options.connections; // one fetches while another stores
      settings.put(RuntimeKeys.COMPARE_THREADS, Integer.toString(threads));
      settings.put(RuntimeKeys.TRANSFER_THREADS, Integer.toString(threads));
      settings.put(RuntimeKeys.REPORT_FOLDER, reports().toString());
      return settings;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Here, not by the route's parameters: Camel would read placeholders in a pattern. */
  private SyncEndpoint configured(SyncEndpoint sync) {
    sync.setCreateDestination(options.createDestination);
    if (options.settle != null) {
      sync.setSettle(options.settle);
    }
    if (options.include != null) {
      sync.setAntInclude(options.include);
    }
    if (options.exclude != null) {
      sync.setAntExclude(options.exclude);
    }
    return sync;
  }

  private static boolean isSame(Map<String, String> settings, String key) {
    return Objects.equals(
        settings.get("picsync.server.source." + key),
        settings.get("picsync.server.destination." + key));
  }

  private Path reports() {
    if (options.reports != null) {
      return options.reports.toAbsolutePath();
    }
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state == null || state.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return base.resolve("picsync").resolve("reports").toAbsolutePath();
  }

  private Run watch(SyncEndpoint sync) throws InterruptedException, ExecutionException {
    Terminal terminal = new Terminal(console.err(), Boolean.getBoolean("picsync.terminal"));
    Future<Run> future = start(sync);
    while (true) {
      try {
        Run run = future.get(200, TimeUnit.MILLISECONDS);
        terminal.end();
        return run;
      } catch (TimeoutException e) {
        sync.run().ifPresent(terminal::show);
      }
    }
  }

  /**
   * Runs of all commands bear one name and the millisecond of their start, and one line of a
   * crontab starts many at once: each has a millisecond to itself.
   */
  private Future<Run> start(SyncEndpoint sync) throws InterruptedException {
    Optional<LockedFile> mine = Optional.empty();
    try {
      Path file = starting();
      for (int tries = 0; mine.isEmpty() && tries < 1000; tries++) {
        mine = LockedFile.tryLock(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (mine.isEmpty()) {
          TimeUnit.MILLISECONDS.sleep(1);
        }
      }
    } catch (IOException e) {
      // a disk without locks: nobody can be kept apart there
    }
    try {
      return sync.start(mode);
    } finally {
      if (mine.isPresent()) {
        TimeUnit.MILLISECONDS.sleep(2);
        giveBack(mine.get());
      }
    }
  }

  private void giveBack(LockedFile lock) {
    try (lock) {
      Files.deleteIfExists(starting()); // who waits makes it anew
    } catch (IOException e) {
      throw new UncheckedIOException("A lock can't be given back: " + e.getMessage(), e);
    }
  }

  private Path starting() throws IOException {
    return reports().toRealPath().resolve(".starting.lock");
  }

  private int tell(Run run, Path reports) throws IOException {
    Optional<Report> report = ReportSteps.reportOf(run);
    if (report.isEmpty()) {
      console.err().println("picsync: no report could be stored: " + run.cause());
      return ExitCode.FAILED;
    }
    Path file = reports.resolve(run.sync()).resolve(run.id() + ".json");
    PrintWriter out = console.out();
    if (options.json) {
      out.print(Files.readString(file));
    } else {
      out.print(ResultTable.of(report.get()));
      out.println("report: " + file);
    }
    out.flush();
    if (report.get().status() == RunStatus.failed) {
      console
          .err()
          .println("picsync: " + Sides.toldByVariables(String.valueOf(report.get().cause())));
    }
    return ExitCode.of(report.get());
  }

  /** A Camel runtime for one run; closing it stops everything. */
  private static final class OneShotRuntime implements AutoCloseable {
    private final Main main;
    private final SyncEndpoint endpoint;
    private final Thread hook;

    private OneShotRuntime(Main main, SyncEndpoint endpoint) {
      this.main = main;
      this.endpoint = endpoint;
      // on SIGINT and SIGTERM: the run is cancelled, its report stored, temporary files removed
      this.hook = new Thread(main::stop, "picsync-stop");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    static OneShotRuntime start(Home home, Map<String, String> settings) throws Exception {
      Main main =
          CamelMain.createForOneRun(new PicsyncRuntime(home.state(), Clock.systemUTC(), settings));
      main.configure().withJmxEnabled(false);
      main.configure().withRoutesIncludePattern(home.sharedRoutesPattern() + "," + ROUTE);
      try {
        main.start();
      } catch (Exception e) {
        String told = String.valueOf(StartFailure.of(e, main.getCamelContext()).getMessage());
        throw new SettingsException(Sides.toldByVariables(told), e);
      }
      SyncEndpoint endpoint =
          SyncComponent.syncs(main.getCamelContext()).stream()
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("The runtime has no sync."));
      return new OneShotRuntime(main, endpoint);
    }

    SyncEndpoint endpoint() {
      return endpoint;
    }

    @Override
    public void close() {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        return; // the hook is stopping it
      }
      main.stop();
    }
  }
}

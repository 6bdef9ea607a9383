package io.picsync.testing;

import io.picsync.api.ApiServer;
import io.picsync.archive.Servers;
import io.picsync.command.PicsyncRuntime;
import io.picsync.report.Acknowledgements;
import io.picsync.sync.Mode;
import io.picsync.sync.Run;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import io.picsync.watch.LatestReports;
import io.picsync.watch.ManagedSync;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.awaitility.Awaitility;

/**
 * A whole picsync in the test's own JVM: the real routes, copied to a home of its own with their
 * pauses before a further try made short, and the syncs that the test names. Closing it stops it as
 * SIGTERM does. Thread-safe once started.
 */
public final class PicsyncContext implements AutoCloseable {
  /** The routes of this project. */
  public static final Path ROUTES = Path.of("routes");

  private static final long PATIENCE_SECONDS = 60;

  private final Path home;
  private final CamelContext context;

  private PicsyncContext(Path home, CamelContext context) {
    this.home = home;
    this.context = context;
  }

  /**
   * @param home made if it is missing; gets {@code routes/} and {@code reports/}
   */
  public static Builder at(Path home) {
    return new Builder(home);
  }

  public CamelContext context() {
    return context;
  }

  /** Where the reports lie unless the test set another folder. */
  public Path reports() {
    return home.resolve("reports");
  }

  /** Where the API listens; waits until it does. */
  public URI api() {
    ApiServer server =
        Objects.requireNonNull(
            context.getRegistry().lookupByNameAndType("api-server", ApiServer.class));
    Awaitility.await().until(() -> !server.address().isEmpty());
    return URI.create(server.address());
  }

  public SyncEndpoint sync(String name) {
    return SyncComponent.syncs(context).stream()
        .filter(sync -> sync.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no sync " + name));
  }

  /** A sync as JMX shows it. */
  public ManagedSync managed(String name) {
    return new ManagedSync(
        sync(name),
        Objects.requireNonNull(
            context.getRegistry().lookupByNameAndType("latest-reports", LatestReports.class)),
        new Acknowledgements(reports()),
        Objects.requireNonNull(context.getRegistry().lookupByNameAndType("servers", Servers.class)),
        any -> "");
  }

  /** What the health check of that name tells now. */
  public HealthCheck.Result health(String check) {
    return Objects.requireNonNull(
            context.getRegistry().lookupByNameAndType(check, HealthCheck.class))
        .call();
  }

  /** Runs a sync from beginning to end. */
  public StoredReport run(String sync, Mode mode) throws IOException {
    return report(ended(sync(sync).start(mode)));
  }

  /** Waits for the end of a run. */
  public Run ended(Future<Run> run) {
    try {
      return run.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("The run did not end: " + e, e);
    }
  }

  /** The report of a run that has ended. */
  public StoredReport report(Run run) throws IOException {
    return StoredReport.read(reports().resolve(run.sync()).resolve(run.id() + ".json"));
  }

  /** All reports of a sync, the oldest first. */
  public List<StoredReport> reports(String sync) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(reports().resolve(sync))) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<StoredReport> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(StoredReport.read(file));
    }
    return reports;
  }

  @Override
  public void close() {
    context.stop();
  }

  /** What is to run. */
  public static final class Builder {
    private final Path home;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> syncs = new TreeMap<>();
    private final Map<String, UnaryOperator<String>> edits = new TreeMap<>();

    private Clock clock = Clock.systemUTC();
    private boolean api;

    private Builder(Path home) {
      this.home = home;
    }

    /** A server that is a folder of this machine. */
    public Builder server(String name, Path folder) {
      return set("picsync.server." + name + ".uri", folder.toUri().toString());
    }

    public Builder server(String name, ScriptedFtpServer server) {
      return server(name, server.uri(), ScriptedFtpServer.USER, ScriptedFtpServer.PASSWORD);
    }

    public Builder server(String name, String uri, String user, String password) {
      return set("picsync.server." + name + ".uri", uri)
          .set("picsync.server." + name + ".username", user)
          .set("picsync.server." + name + ".password", password);
    }

    /** With the API, on a free port. */
    public Builder api() {
      api = true;
      return set("picsync.api.port", "0");
    }

    /** Another clock than the machine's. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** One line of {@code config/application.properties}. */
    public Builder set(String key, String value) {
      settings.put(key, value);
      return this;
    }

    /**
     * A sync's route file.
     *
     * @param options further parameters, each {@code name=value}
     */
    public Builder sync(String name, String source, String destination, String... options) {
      StringBuilder yaml =
          new StringBuilder(
              """
              - route:
                  id: NAME
                  group: syncs
                  description: A sync of a test.
                  from:
                    uri: sync:NAME
                    parameters:
              """
                  .replace("NAME", name));
      parameter(yaml, "source", source);
      parameter(yaml, "destination", destination);
      for (String option : options) {
        int equals = option.indexOf('=');
        parameter(yaml, option.substring(0, equals), option.substring(equals + 1));
      }
      yaml.append(
          """
                steps:
                  - to:
                      uri: direct:compare
                  - to:
                      uri: direct:transfer
                  - to:
                      uri: direct:report
          """);
      return sync(name, yaml.toString());
    }

    private static void parameter(StringBuilder yaml, String name, String value) {
      yaml.append("        %s: '%s'%n".formatted(name, value.replace("'", "''")));
    }

    /** A sync's route file, word by word. */
    public Builder sync(String name, String yaml) {
      syncs.put(name, yaml);
      return this;
    }

    /**
     * What an operator changes in a file of {@code routes/}.
     *
     * @param edit must change the text, or the start fails
     */
    public Builder edit(String file, UnaryOperator<String> edit) {
      edits.put(file, edit);
      return this;
    }

    /** Writes the home and starts. */
    public PicsyncContext start() throws Exception {
      Path routes = home.resolve("routes");
      Files.createDirectories(routes.resolve("syncs"));
      List<Path> files = new ArrayList<>();
      for (Path file : sharedRoutes()) {
        String name = String.valueOf(file.getFileName());
        if (Set.of("api.camel.yaml", "page.camel.yaml").contains(name) && !api) {
          continue; // its server is started by the tests that ask it
        }
        String text = edited(name, Files.readString(file));
        files.add(
            Files.writeString(
                routes.resolve(name),
                text.replaceAll("redeliveryDelay: \"\\d+\"", "redeliveryDelay: \"10\"")));
      }
      for (Map.Entry<String, String> sync : syncs.entrySet()) {
        Path file = routes.resolve("syncs").resolve(sync.getKey() + ".camel.yaml");
        files.add(Files.writeString(file, sync.getValue()));
      }
      return start(files);
    }

    private String edited(String name, String text) {
      String edited = edits.getOrDefault(name, same -> same).apply(text);
      if (edits.containsKey(name) && edited.equals(text)) {
        throw new IllegalArgumentException("The edit of " + name + " changes nothing");
      }
      return edited;
    }

    private PicsyncContext start(List<Path> files) throws Exception {
      DefaultCamelContext context = new DefaultCamelContext(false);
      context.disableJMX();
      context.setStreamCaching(false);
      context.getShutdownStrategy().setTimeout(30);
      settings.forEach(context.getPropertiesComponent()::addOverrideProperty);
      try {
        context.build();
        PicsyncRuntime runtime = new PicsyncRuntime(home, clock);
        (api ? runtime.asService() : runtime).bind(context);
        List<Resource> resources = new ArrayList<>();
        for (Path file : files) {
          resources.add(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(resources);
        context.start();
      } catch (Exception e) {
        context.stop();
        throw e;
      }
      return new PicsyncContext(home, context);
    }

    private static List<Path> sharedRoutes() throws IOException {
      try (Stream<Path> all = Files.list(ROUTES)) {
        return all.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
      }
    }
  }
}

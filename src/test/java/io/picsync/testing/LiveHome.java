package io.picsync.testing;

import io.picsync.command.ServiceMain;
import io.picsync.sync.Mode;
import io.picsync.sync.SyncComponent;
import io.picsync.sync.SyncEndpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;

/**
 * A home as operators edit it while {@code picsync run} goes on with it, in this JVM or as the
 * packaged command: the servers {@code old} and {@code new} are folders, and a sync brings the
 * pictures of its own folder from one to the other.
 */
public final class LiveHome {
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");

  private final Path home;
  private final Path old;
  private final Path fresh;

  private LiveHome(Path folder) {
    home = folder.resolve("home");
    old = folder.resolve("old");
    fresh = folder.resolve("fresh");
  }

  /**
   * With the shared routes of this project.
   *
   * @param folder an empty one
   */
  public static LiveHome in(Path folder) throws IOException {
    LiveHome made = new LiveHome(folder);
    Files.createDirectories(made.home.resolve("routes/syncs"));
    Files.createDirectories(made.home.resolve("config"));
    try (Stream<Path> routes = Files.list(PicsyncContext.ROUTES)) {
      for (Path route : routes.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        Files.copy(route, made.home.resolve("routes").resolve(route.getFileName()));
      }
    }
    return made.begun();
  }

  /**
   * As the build packaged it.
   *
   * @param folder an empty one
   */
  public static LiveHome packaged(Path folder) throws IOException {
    LiveHome made = new LiveHome(folder);
    PicsyncProcess.copyHome(made.home);
    return made.begun();
  }

  private LiveHome begun() throws IOException {
    Files.createDirectories(old);
    Files.createDirectories(fresh);
    configure();
    return this;
  }

  public Path home() {
    return home;
  }

  /** What the server {@code old} shows. */
  public Path old() {
    return old;
  }

  /** What the server {@code new} shows. */
  public Path fresh() {
    return fresh;
  }

  public Path file(String sync) {
    return home.resolve("routes/syncs/" + sync + ".camel.yaml");
  }

  /** Both servers as folders, and further lines. */
  public void configure(String... more) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("picsync.server.old.uri=" + old.toUri());
    lines.add("picsync.server.new.uri=" + fresh.toUri());
    lines.addAll(List.of(more));
    configuration(lines.toArray(String[]::new));
  }

  /** The configuration line by line; the API is off unless a line is about it. */
  public void configuration(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of(lines));
    if (all.stream().noneMatch(line -> line.startsWith("picsync.api."))) {
      all.add("picsync.api.enabled=false");
    }
    Path beside = Files.write(home.resolve("config/.application.properties.swp"), all);
    Files.move(
        beside, home.resolve("config/application.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A route file with the sync of that name, from {@code old} to {@code new}. */
  public static String sync(String name, String interval) {
    return """
    - route:
        id: NAME
        group: syncs
        description: Brings missing pictures from the old server to the new one.
        from:
          uri: sync:NAME
          parameters:
            source: old/NAME/pictures
            destination: new/NAME/pictures
            mode: sync
            interval: INTERVAL
          steps:
            - to:
                uri: direct:compare
            - to:
                uri: direct:transfer
            - to:
                uri: direct:report
    """
        .replace("NAME", name)
        .replace("INTERVAL", interval);
  }

  /** Writes a sync's file as many editors do: beside it, then renamed. */
  public void edit(String sync, String text) throws IOException {
    Path beside = Files.writeString(home.resolve("routes/syncs/." + sync + ".swp"), text);
    Files.move(beside, file(sync), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Puts pictures of a sync on the server {@code old}, a thousand a day. */
  public void pictures(String sync, int from, int to) throws IOException {
    for (int number = from; number < to; number++) {
      Trees.put(
          old,
          "%s/pictures/201107%02d/%d.jpg".formatted(sync, 10 + number / 1000, number),
          Trees.picture(number, 300),
          TAKEN);
    }
    Files.createDirectories(fresh.resolve(sync));
  }

  /** How many of a sync's pictures the server {@code new} has. */
  public long stored(String sync) {
    long count = 0;
    for (int day = 10; day < 30; day++) {
      String[] files = fresh.resolve(sync + "/pictures/201107" + day).toFile().list();
      count += files == null ? 0 : Stream.of(files).filter(f -> f.endsWith(".jpg")).count();
    }
    return count;
  }

  /** A sync's reports, the oldest first. */
  public List<StoredReport> reports(String sync) throws IOException {
    List<StoredReport> reports = new ArrayList<>();
    try (Stream<Path> all = Files.list(home.resolve("reports").resolve(sync))) {
      for (Path file : all.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        reports.add(StoredReport.read(file));
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return reports;
  }

  public StoredReport last(String sync) throws IOException {
    List<StoredReport> reports = reports(sync);
    return reports.get(reports.size() - 1);
  }

  /** Starts the service in this JVM, with looks at the files ten times a second. */
  public Running start() throws IOException {
    return new Running(ServiceMain.of(home, LOOK));
  }

  /** A service that goes on; closing it stops it as SIGTERM does. */
  public static final class Running implements AutoCloseable {
    private final LoggedLines log = LoggedLines.informing();
    private final Main main;
    private final Thread thread;
    private volatile String failure = "";
    private volatile int told;

    private Running(Main main) {
      this.main = main;
      main.configure().withJmxEnabled(false);
      thread =
          new Thread(
              () -> {
                try {
                  main.run();
                } catch (Exception e) {
                  failure = e.toString();
                }
              },
              "live-home");
      thread.start();
      Awaitility.await()
          .atMost(BOUND)
          .until(() -> !failure.isEmpty() || (main.getCamelContext() != null && isStarted()));
      if (!failure.isEmpty()) {
        log.close();
        throw new AssertionError("The service did not start: " + failure);
      }
    }

    private boolean isStarted() {
      return log.lines().stream()
          .anyMatch(
              line -> line.contains("Started. sync=") || line.contains("Started, and nothing"));
    }

    public CamelContext context() {
      return main.getCamelContext();
    }

    public SyncEndpoint sync(String name) {
      return SyncComponent.syncs(context()).stream()
          .filter(sync -> sync.getName().equals(name))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("There is no sync " + name));
    }

    /** Requests a run, as soon as no edit holds the sync any more. */
    public void begin(String name, Mode mode) {
      Awaitility.await()
          .atMost(BOUND)
          .ignoreExceptionsInstanceOf(IllegalStateException.class)
          .until(() -> sync(name).start(mode) != null);
    }

    public <T> T bean(String name, Class<T> type) {
      return Objects.requireNonNull(context().getRegistry().lookupByNameAndType(name, type));
    }

    /** What it logged so far. */
    public List<String> log() {
      return log.lines();
    }

    /** Waits for a line with all of these words, after the one that was waited for last. */
    public void awaitTold(String... words) {
      Awaitility.await()
          .alias(String.join(" … ", words))
          .atMost(BOUND)
          .until(() -> tells(List.of(words)));
    }

    private boolean tells(List<String> words) {
      List<String> lines = log.lines();
      for (int index = told; index < lines.size(); index++) {
        if (words.stream().allMatch(lines.get(index)::contains)) {
          told = index + 1;
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() {
      main.completed();
      Awaitility.await().atMost(BOUND).until(() -> !thread.isAlive());
      log.close();
    }
  }
}

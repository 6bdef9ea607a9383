package io.picsync.page;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.awaitility.Awaitility.await;

import io.picsync.demo.DemoArchives;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.Fault;
import io.picsync.testing.FreePort;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.ScriptedFtpServer;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The packaged picsync as a service with a page, between FTP servers and folders:
 *
 * <ul>
 *   <li>{@code camera1}: the demonstration's two days, on two FTP servers
 *   <li>{@code hourly}: 44 days of summer 2011, a picture an hour; 20 June never captured, 25 June
 *       with gaps, 1 July missing at the destination, 10 July in part
 *   <li>{@code hostile}: pictures whose names are markup
 *   <li>{@code emptied}: whose source may lose all it has
 *   <li>{@code slow}: to a server that takes its time
 * </ul>
 *
 * All but the last have a report of a check each.
 */
final class LivePicsync implements AutoCloseable {
  static final String OPERATOR = "let-me-change-it";
  static final String READER = "let-me-look-at-it";

  /** A path, so that the browser would run it were it taken for markup. */
  static final String MARKUP = "<script>alert(1)</script>.jpg";

  static final int SLOW_PICTURES = 3000;
  static final int EMPTIED_PICTURES = 20;

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final LocalDate FIRST = LocalDate.of(2011, 6, 1);
  private static final int DAYS = 44;
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private final Path home;
  private final Path disk;
  private final int port;
  private final List<EmbeddedFtpServer> servers = new ArrayList<>();
  private final List<String> configuration = new ArrayList<>();
  private @Nullable ScriptedFtpServer slow;
  private @Nullable PicsyncProcess process;

  private LivePicsync(Path home, Path disk, int port) {
    this.home = home;
    this.disk = disk;
    this.port = port;
  }

  /**
   * @param folder an empty one
   */
  static LivePicsync start(Path folder) throws Exception {
    Path disk = folder.resolve("disk");
    LivePicsync live =
        new LivePicsync(PicsyncProcess.copyHome(folder.resolve("home")), disk, FreePort.find());
    DemoArchives demo = DemoArchives.create(folder);
    live.ftp("left", demo.oldHome());
    live.ftp("right", demo.newHome());
    live.sync("camera1", "left/" + DemoArchives.ARCHIVE, "right/" + DemoArchives.ARCHIVE);
    takeHourly(disk);
    takeHostile(disk);
    for (int i = 0; i < SLOW_PICTURES; i++) {
      take(disk.resolve("slow"), FIRST.atStartOfDay().plusMinutes(i), 4_000);
    }
    for (int i = 0; i < EMPTIED_PICTURES; i++) {
      take(disk.resolve("emptied"), FIRST.atStartOfDay().plusHours(i), 400);
    }
    live.configuration.add("picsync.server.disk.uri=" + disk.toUri());
    live.sync("hourly", "disk/hourly", "disk/hourly-copy");
    live.sync("hostile", "disk/hostile", "disk/hostile-copy");
    live.sync("emptied", "disk/emptied", "disk/emptied-copy");
    live.slowServer();
    live.sync("slow", "disk/slow", "slow/pictures");
    live.open();
    for (String sync : List.of("camera1", "hourly", "hostile", "emptied")) {
      live.check(sync);
    }
    return live;
  }

  private static void takeHourly(Path disk) throws IOException {
    for (int hour = 0; hour < DAYS * 24; hour++) {
      LocalDateTime time = FIRST.atStartOfDay().plusHours(hour);
      int day = time.getMonthValue() * 100 + time.getDayOfMonth();
      if (day == 620 || (day == 625 && time.getHour() % 3 != 0)) {
        continue;
      }
      take(disk.resolve("hourly"), time, 400);
      if (day != 701 && (day != 710 || time.getHour() > 4)) {
        take(disk.resolve("hourly-copy"), time, 400);
      }
    }
  }

  private static void takeHostile(Path disk) throws IOException {
    Files.createDirectories(disk.resolve("hostile-copy"));
    for (String name : List.of(MARKUP, "<img src=x onerror=alert(2)>.jpg", "a&amp;b \"c' .jpg")) {
      Trees.put(
          disk.resolve("hostile"),
          name,
          Trees.picture(name.length(), 300),
          FIRST.atStartOfDay().toInstant(ZoneOffset.UTC));
    }
  }

  private static void take(Path archive, LocalDateTime time, int bytes) throws IOException {
    String name = NAME.format(time);
    Trees.put(
        archive,
        name.substring(0, 8) + "/" + name + ".jpg",
        Trees.picture(7, bytes),
        time.toInstant(ZoneOffset.UTC));
  }

  /** Removes all pictures of {@code emptied} at its source, as a disk that is not mounted does. */
  void empty() throws IOException {
    Trees.clear(disk.resolve("emptied"));
  }

  /** Takes a sync's source away. */
  void hide(String sync) throws IOException {
    Files.move(disk.resolve(sync), disk.resolve(sync + "-hidden"));
  }

  void unhide(String sync) throws IOException {
    Files.move(disk.resolve(sync + "-hidden"), disk.resolve(sync));
  }

  /** Writes a sync's route file while picsync runs. */
  Path edit(String sync, String text) throws IOException {
    return Files.writeString(home.resolve("routes/syncs/" + sync + ".camel.yaml"), text);
  }

  private void ftp(String name, Path folder) throws IOException {
    EmbeddedFtpServer server = EmbeddedFtpServer.start(folder, "camera", "snap");
    servers.add(server);
    server(name, server.uri(), "camera", "snap");
  }

  private void slowServer() throws IOException {
    ScriptedFtpServer server = ScriptedFtpServer.start();
    slow = server;
    server.fault("STOR", 100_000, Fault.late(Duration.ofMillis(100)));
    server("slow", server.uri(), ScriptedFtpServer.USER, ScriptedFtpServer.PASSWORD);
    configuration.add("picsync.server.slow.connections=2");
  }

  private void server(String name, String uri, String user, String password) {
    configuration.add("picsync.server." + name + ".uri=" + uri);
    configuration.add("picsync.server." + name + ".username=" + user);
    configuration.add("picsync.server." + name + ".password=" + password);
  }

  private void sync(String name, String source, String destination) throws IOException {
    Files.writeString(
        home.resolve("routes/syncs/" + name + ".camel.yaml"),
        """
        - route:
            id: NAME
            group: syncs
            description: Brings missing pictures to where they belong.
            from:
              uri: sync:NAME
              parameters:
                source: SOURCE
                destination: DESTINATION
                mode: sync
                createDestination: "true"
              steps:
                - to:
                    uri: direct:compare
                - to:
                    uri: direct:transfer
                - to:
                    uri: direct:report
        """
            .replace("NAME", name)
            .replace("SOURCE", source)
            .replace("DESTINATION", destination));
  }

  /** Starts the service, with further lines of configuration; returns when the page is there. */
  void open(String... more) throws IOException {
    List<String> lines = new ArrayList<>(configuration);
    lines.add("picsync.api.port=" + port);
    lines.add("picsync.api.operator.password=" + OPERATOR);
    lines.addAll(Arrays.asList(more));
    Files.write(home.resolve("config/application.properties"), lines);
    process = picsync("run").program(home.resolve("bin/picsync")).start();
    await().atMost(BOUND).ignoreExceptions().until(() -> ask("GET", "/", "").equals("200"));
  }

  /** Stops the service, as a crash of the machine does. */
  void stop() throws IOException {
    if (process != null) {
      process.kill();
      process.close();
      process = null;
    }
  }

  /** What the service logged so far. */
  String log() throws IOException {
    return process == null ? "" : process.err();
  }

  String address(String rest) {
    return "http://127.0.0.1:" + port + "/" + rest;
  }

  /** Returns when it has a new report. */
  void check(String sync) throws Exception {
    String before = report(sync);
    ask("POST", "/api/syncs/" + sync + "/start", "{\"mode\":\"check\"}");
    await().atMost(BOUND).until(() -> !report(sync).equals(before));
  }

  /** The id of a sync's last run that has a report; empty for none. */
  String report(String sync) throws IOException {
    Path folder = home.resolve("reports").resolve(sync);
    if (!Files.isDirectory(folder)) {
      return "";
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith("Z-" + sync + ".json"))
          .map(name -> name.replace(".json", ""))
          .max(String::compareTo)
          .orElse("");
    }
  }

  private String ask(String method, String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address(path.substring(1))))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Authorization", "Basic " + base64("operator:" + OPERATOR))
            .header("X-Picsync", "1")
            .header("Content-Type", "application/json")
            .build();
    return String.valueOf(
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    stop();
    servers.forEach(EmbeddedFtpServer::close);
    if (slow != null) {
      slow.close();
    }
  }
}

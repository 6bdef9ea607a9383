package io.picsync.watch;

import static io.picsync.testing.PicsyncProcess.picsync;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.DocPage;
import io.picsync.testing.FreePort;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A service watched from outside: a real JMX client, Jolokia, Prometheus' way of asking, health.
 */
final class WatchIT {
  private static final Instant TAKEN = Instant.parse("2011-07-14T15:30:10Z");
  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final Path PAGE = Path.of("docs/watching.md");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path home;
  private final Path old;
  private final Path fresh;

  WatchIT(@TempDir Path temporary) {
    home = temporary.resolve("home");
    old = temporary.resolve("old");
    fresh = temporary.resolve("fresh");
  }

  @BeforeEach
  void aHomeAndASync() throws IOException {
    PicsyncProcess.copyHome(home);
    Files.createDirectories(fresh.resolve("source1"));
    pictures(0, 10);
    Files.writeString(
        home.resolve("routes/syncs/source1.camel.yaml"),
        """
        - route:
            id: source1
            group: syncs
            description: Brings missing pictures from the old server to the new one.
            from:
              uri: sync:source1
              parameters:
                source: old/source1/pictures
                destination: new/source1/pictures
              steps:
                - to:
                    uri: direct:compare
                - to:
                    uri: direct:transfer
                - to:
                    uri: direct:report
        """);
  }

  private void pictures(int from, int to) throws IOException {
    for (int number = from; number < to; number++) {
      Trees.put(
          old,
          "source1/pictures/20110714/%05d.jpg".formatted(number),
          Trees.picture(number, 300),
          TAKEN);
    }
  }

  private void configure(EmbeddedFtpServer left, EmbeddedFtpServer right, String... more)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("picsync.server.old.uri=" + left.uri());
    lines.add("picsync.server.old.username=camera");
    lines.add("picsync.server.old.password=hunter2");
    lines.add("picsync.server.new.uri=" + right.uri());
    lines.add("picsync.server.new.username=archive");
    lines.add("picsync.server.new.password=hunter3");
    lines.add("picsync.api.port=0");
    lines.addAll(List.of(more));
    Files.write(home.resolve("config/application.properties"), lines);
  }

  private PicsyncProcess.Builder service() {
    return picsync("run").program(home.resolve("bin/picsync"));
  }

  /** The page's own words, with this test's port and files. */
  private String remoteJmx(int port) throws IOException {
    Path password = home.resolve("config/jmx.password");
    Files.writeString(password, "operator secret\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(home.resolve("config/jmx.access"), "operator readwrite\n");
    String block = DocPage.read(PAGE).block("remote-jmx");
    return block
        .substring(block.indexOf('"') + 1, block.lastIndexOf('"'))
        .replace("\\\n", " ")
        .replace("9010", Integer.toString(port))
        .replace("/etc/picsync", home.resolve("config").toString());
  }

  @SuppressWarnings("BanJNDI") // the address is this test's own
  private static JMXConnector connect(int port, String password) throws IOException {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port));
    return JMXConnectorFactory.connect(
        url, Map.of(JMXConnector.CREDENTIALS, new String[] {"operator", password}));
  }

  /** The names in the first column of the tables below a heading. */
  private static Set<String> documented(String heading, String column) throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf(heading) + heading.length());
    int end = section.indexOf("\n##");
    section = end < 0 ? section : section.substring(0, end);
    Set<String> names = new TreeSet<>();
    boolean wanted = false;
    for (String line : section.lines().toList()) {
      if (line.startsWith("| " + column)) {
        wanted = true;
      } else if (!line.startsWith("|")) {
        wanted = false;
      } else if (wanted && line.startsWith("| `")) {
        Pattern.compile("`([^`]+)`")
            .matcher(line.split("\\|")[1])
            .results()
            .forEach(match -> names.add(match.group(1)));
      }
    }
    return names;
  }

  private static Set<String> names(MBeanFeatureInfo[] features) {
    return Arrays.stream(features)
        .map(MBeanFeatureInfo::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void exportsWhatIsDocumented(
      MBeanServerConnection jmx, ObjectName bean, String heading) throws Exception {
    assertThat(names(jmx.getMBeanInfo(bean).getAttributes()))
        .isEqualTo(documented(heading, "attribute"));
    Set<String> operations = names(jmx.getMBeanInfo(bean).getOperations());
    operations.removeIf(name -> name.startsWith("get")); // Camel names the attributes' getters too
    assertThat(operations).isEqualTo(documented(heading, "operation"));
  }

  private static Object get(MBeanServerConnection jmx, ObjectName bean, String attribute) {
    try {
      return jmx.getAttribute(bean, attribute);
    } catch (Exception e) {
      throw new AssertionError(bean + " " + attribute, e);
    }
  }

  private static void call(MBeanServerConnection jmx, ObjectName bean, String operation)
      throws Exception {
    jmx.invoke(bean, operation, new Object[0], new String[0]);
  }

  @Test
  void aJmxClientReadsAllNamesAndUsesAllOperations() throws Exception {
    int port = FreePort.find();
    ObjectName sync = new ObjectName("io.picsync:type=sync,name=source1");
    ObjectName server = new ObjectName("io.picsync:type=server,name=new");
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "hunter2");
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", "hunter3")) {
      configure(left, right);
      try (PicsyncProcess process = service().env("PICSYNC_JAVA_OPTS", remoteJmx(port)).start()) {
        await().atMost(BOUND).until(() -> process.err().contains("Started. sync=source1"));
        assertThatThrownBy(() -> connect(port, "guess").close())
            .isInstanceOf(SecurityException.class);
        try (JMXConnector connector = connect(port, "secret")) {
          MBeanServerConnection jmx = connector.getMBeanServerConnection();
          exportsWhatIsDocumented(jmx, sync, "### A sync");
          exportsWhatIsDocumented(jmx, server, "### A server");
          assertThat(jmx.queryNames(new ObjectName("io.picsync:*"), null)).hasSize(3);

          call(jmx, sync, "startCheck");
          await().atMost(BOUND).until(() -> get(jmx, sync, "LastReportStatus").equals("completed"));
          assertThat(get(jmx, sync, "Missing")).isEqualTo(10L);
          assertThat(get(jmx, sync, "OldestMissing")).isEqualTo("20110714/00000.jpg");
          assertThat(get(jmx, sync, "LastReportMissing")).isEqualTo(10L);
          assertThat(String.valueOf(get(jmx, server, "Learned"))).contains("mlsd=true", "rename=");
          assertThat((Double) get(jmx, server, "LatencyMillis")).isPositive();
          assertThat(get(jmx, server, "Breaker")).isEqualTo("works");

          call(jmx, sync, "startSync");
          await().atMost(BOUND).until(() -> get(jmx, sync, "LastReportTransferred").equals(10L));
          assertThat(get(jmx, sync, "OldestMissing")).isEqualTo("");

          pictures(10, 3000);
          jmx.invoke(
              sync, "limitConnections", new Object[] {1}, new String[] {int.class.getName()});
          assertThat(get(jmx, server, "ConnectionsLimit")).isEqualTo(1);
          call(jmx, sync, "startSync");
          await().atMost(BOUND).until(() -> (Long) get(jmx, sync, "Done") > 0);
          call(jmx, sync, "pauseRun");
          assertThat(get(jmx, sync, "SyncState")).isEqualTo("paused");
          await().atMost(BOUND).until(() -> get(jmx, server, "ConnectionsInUse").equals(0));
          long paused = (Long) get(jmx, sync, "Done");
          assertThat((Long) get(jmx, sync, "Missing")).isEqualTo(2990 - paused);
          assertThat(String.valueOf(get(jmx, sync, "OldestMissing"))).startsWith("20110714/");
          jmx.invoke(
              server, "limitConnections", new Object[] {3}, new String[] {int.class.getName()});
          assertThat(get(jmx, server, "ConnectionsConfigured")).isEqualTo(3);
          for (ObjectName bean : List.of(sync, server)) {
            jmx.invoke(
                bean,
                "limitBandwidth",
                new Object[] {"800MB/s"},
                new String[] {String.class.getName()});
            assertThat(get(jmx, bean, "Bandwidth")).isEqualTo("800MB/s");
            jmx.invoke(
                bean, "limitBandwidth", new Object[] {""}, new String[] {String.class.getName()});
            assertThat(get(jmx, bean, "Bandwidth")).isEqualTo("unlimited");
          }
          call(jmx, sync, "resumeRun");
          await().atMost(BOUND).until(() -> (Long) get(jmx, sync, "Done") > paused);
          call(jmx, sync, "cancelRun");
          await().atMost(BOUND).until(() -> get(jmx, sync, "LastReportStatus").equals("cancelled"));
          assertThat(get(jmx, sync, "SyncState")).isEqualTo("idle");
          assertThatThrownBy(() -> call(jmx, sync, "acknowledgeAlarm"))
              .hasStackTraceContaining("Sync source1 has no alarm.");
          for (ObjectName bean : List.of(sync, server)) {
            for (String attribute : names(jmx.getMBeanInfo(bean).getAttributes())) {
              assertThat(String.valueOf(get(jmx, bean, attribute))).doesNotContain("hunter");
            }
          }
          Files.delete(home.resolve("routes/syncs/source1.camel.yaml"));
          await().atMost(BOUND).until(() -> !jmx.isRegistered(sync));
        }
      }
    }
  }

  @Test
  void jolokiaServesTheSameBeans() throws Exception {
    String agent =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> entry.contains("jolokia-agent-jvm"))
            .findFirst()
            .orElseThrow();
    int port = FreePort.find();
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "hunter2");
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", "hunter3")) {
      configure(left, right);
      try (PicsyncProcess process =
          service()
              .env(
                  "PICSYNC_JAVA_OPTS",
                  "-javaagent:%s=host=127.0.0.1,port=%d,user=operator,password=secret"
                      .formatted(agent, port))
              .start()) {
        await().atMost(BOUND).until(() -> process.err().contains("Started. sync=source1"));
        String base = "http://127.0.0.1:%d/jolokia/".formatted(port);
        String bean = "io.picsync:name=source1,type=sync";
        assertThat(get(base + "read/" + bean + "/SyncState", "").statusCode()).isEqualTo(401);
        String login = Base64.getEncoder().encodeToString("operator:secret".getBytes(UTF_8));
        assertThat(json(get(base + "exec/" + bean + "/startSync", login)).at("/status").asInt())
            .isEqualTo(200);
        await()
            .atMost(BOUND)
            .until(
                () ->
                    json(get(base + "read/" + bean + "/LastReportTransferred", login))
                            .at("/value")
                            .asInt()
                        == 10);
      }
    }
  }

  private HttpResponse<String> get(String address, String login)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(BOUND);
    if (!login.isEmpty()) {
      request.header("Authorization", "Basic " + login);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  /** Name and labels to value, as Prometheus reads them. */
  private static Map<String, Double> samples(String text) {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      int blank = line.lastIndexOf(' ');
      samples.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
    }
    return samples;
  }

  private static Set<String> metricNames(String text) {
    return samples(text).keySet().stream()
        .map(sample -> sample.replaceFirst("\\{.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void metricsAndHealthTellWhatIsDocumented() throws Exception {
    int port = FreePort.find();
    String base = "http://127.0.0.1:%d/observe/".formatted(port);
    try (EmbeddedFtpServer left = EmbeddedFtpServer.start(old, "camera", "hunter2");
        EmbeddedFtpServer right = EmbeddedFtpServer.start(fresh, "archive", "hunter3")) {
      configure(
          left,
          right,
          "picsync.server.dead.uri=ftp://127.0.0.1:1",
          DocPage.read(PAGE).block("observe").replace("9876", Integer.toString(port)));
      try (PicsyncProcess process = service().start()) {
        await().atMost(BOUND).until(() -> process.err().contains("Started. sync=source1"));
        String text = get(base + "metrics", "").body();
        assertThat(metricNames(text)).isEqualTo(documented("## Metrics and health", "metric"));
        assertThat(samples(text))
            .allSatisfy(
                (sample, value) -> {
                  if (sample.startsWith("picsync_") && sample.contains("_total")) {
                    assertThat(value).as(sample).isZero();
                  }
                });
        assertThat(samples(text).get("picsync_sync_missing_pictures{sync=\"source1\"}")).isNaN();
        assertThat(labels(text))
            .isSubsetOf("sync", "server", "status", "outcome", "state", "area", "id");
        alertsAndDashboardNameOnly(metricNames(text));
        assertThat(json(get(base + "health/ready", "")).at("/status").asText()).isEqualTo("UP");
        assertThat(json(get(base + "health/live", "")).at("/status").asText()).isEqualTo("UP");

        Path file = home.resolve("routes/syncs/source1.camel.yaml");
        String sync = Files.readString(file);
        Files.writeString(
            file,
            sync.replace("destination:", "mode: sync\n        interval: 1s\n        destination:"));
        Files.writeString(
            home.resolve("routes/syncs/doomed.camel.yaml"),
            sync.replace("source1", "doomed")
                .replace("old/doomed", "dead/doomed")
                .replace("destination:", "interval: 1s\n        destination:"));
        await()
            .atMost(BOUND)
            .until(() -> value(base, "picsync_server_given_up{server=\"dead\"}") == 1);
        await()
            .atMost(BOUND)
            .until(
                () ->
                    value(base, "picsync_sync_runs_total{status=\"completed\",sync=\"source1\"}")
                        > 0);
        assertThat(
                value(
                    base,
                    "picsync_transfer_pictures_total{outcome=\"transferred\",sync=\"source1\"}"))
            .isEqualTo(10);
        assertThat(value(base, "picsync_transfer_bytes_total{sync=\"source1\"}")).isEqualTo(3000);
        assertThat(value(base, "picsync_sync_missing_pictures{sync=\"source1\"}")).isZero();
        assertThat(value(base, "picsync_sync_missing_pictures{sync=\"doomed\"}")).isNaN();
        assertThat(value(base, "picsync_sync_completed_timestamp_seconds{sync=\"source1\"}"))
            .isGreaterThan(1e9);

        Files.writeString(file, sync.replace("steps:", "stebs:"));
        await().atMost(BOUND).until(() -> value(base, "picsync_routes_faults") > 0);
        HttpResponse<String> ready = get(base + "health/ready", "");
        assertThat(ready.statusCode()).as("degraded is not down").isEqualTo(200);
        assertThat(json(ready).toString().replace("\\\\/", "/"))
            .contains("given up until", "routes/syncs/source1.camel.yaml:", "stebs")
            .doesNotContain("hunter");
        assertThat(checks(json(ready))).containsAll(documented("## Metrics and health", "check"));

        Files.delete(file);
        await()
            .atMost(BOUND)
            .until(() -> !get(base + "metrics", "").body().contains("sync=\"source1\""));
        Files.writeString(file, sync.replace("destination:", "interval: 1s\n        destination:"));
        Trees.clear(old.resolve("source1/pictures/20110714"));
        await().atMost(BOUND).until(() -> get(base + "health/ready", "").statusCode() == 503);
        assertThat(get(base + "health/live", "").statusCode()).isEqualTo(200);
        await()
            .atMost(BOUND)
            .until(() -> value(base, "picsync_sync_source_alarm{sync=\"source1\"}") == 1);
      }
    }
  }

  private static Set<String> checks(JsonNode health) {
    Set<String> names = new TreeSet<>();
    health.path("checks").forEach(check -> names.add(check.path("name").asText()));
    return names;
  }

  private double value(String base, String sample) throws IOException, InterruptedException {
    return samples(get(base + "metrics", "").body()).getOrDefault(sample, -1.0);
  }

  private static Set<String> labels(String text) {
    return samples(text).keySet().stream()
        .flatMap(sample -> Pattern.compile("[{,](\\w+)=\"").matcher(sample).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  /** What is in force in the packaged home's {@code watch/}. */
  private void alertsAndDashboardNameOnly(Set<String> exported) throws IOException {
    List<String> expressions = new ArrayList<>();
    Object alerts =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(home.resolve("watch/alerts.yaml")));
    JsonNode rules = new ObjectMapper().valueToTree(alerts).at("/groups/0/rules");
    assertThat(rules).hasSize(3);
    rules.forEach(rule -> expressions.add(rule.path("expr").asText()));
    JsonNode dashboard =
        new ObjectMapper().readTree(home.resolve("watch/grafana-dashboard.json").toFile());
    dashboard.findValuesAsText("expr").forEach(expressions::add);
    assertThat(expressions).hasSizeGreaterThan(12);
    for (String expression : expressions) {
      Set<String> named =
          Pattern.compile("\\b(?:picsync|jvm|process)_\\w+")
              .matcher(expression)
              .results()
              .map(match -> match.group())
              .collect(Collectors.toSet());
      assertThat(named).as(expression).isNotEmpty().isSubsetOf(exported);
    }
  }
}

package io.picsync;

import static io.picsync.testing.PicsyncProcess.picsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.PicsyncProcess;
import io.picsync.testing.StoredReport;
import io.picsync.testing.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * docker/compose.yaml without Docker: what it names is there, the service is locked in, and its
 * configuration and sync do the demonstration's job. The image itself is tried by .ci/image.
 */
final class DockerIT {
  private static final Path DOCKER = Path.of("docker");

  /** The keys that a service of this file may have; a misspelt one is none of them. */
  private static final Set<String> SERVICE =
      Set.of(
          "build",
          "image",
          "init",
          "restart",
          "read_only",
          "tmpfs",
          "mem_limit",
          "security_opt",
          "cap_drop",
          "volumes",
          "secrets",
          "depends_on",
          "user",
          "entrypoint",
          "command",
          "healthcheck",
          "environment",
          "configs",
          "ports");

  private final JsonNode compose;

  DockerIT() throws IOException {
    Object yaml =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(DOCKER.resolve("compose.yaml")));
    compose = new ObjectMapper().valueToTree(yaml);
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void whatTheServicesNameIsThere() {
    assertThat(names(compose)).containsExactly("name", "services", "secrets", "volumes");
    for (String name : names(compose.at("/services"))) {
      JsonNode service = compose.at("/services").path(name);
      assertThat(SERVICE).as(name).containsAll(names(service));
      if (service.has("image")) {
        assertThat(service.path("image").asText())
            .as(name)
            .matches("[\\w./-]+:v?\\d+[.]\\d+[.]\\d+");
      } else {
        assertThat(dockerfile(service.path("build"))).as(name).isRegularFile();
      }
      assertThat(names(compose.path("secrets")))
          .as(name)
          .containsAll(texts(service.path("secrets")));
      assertThat(names(compose.path("services")))
          .as(name)
          .containsAll(names(service.path("depends_on")));
      for (String volume : texts(service.path("volumes"))) {
        String from = volume.substring(0, volume.indexOf(':'));
        if (!from.startsWith("./pictures")) {
          assertThat(
                  from.startsWith(".")
                      ? Files.exists(DOCKER.resolve(from))
                      : names(compose.path("volumes")).contains(from))
              .as("%s: %s", name, volume)
              .isTrue();
        }
      }
    }
  }

  private static Path dockerfile(JsonNode build) {
    return build.isTextual()
        ? DOCKER.resolve(build.asText()).resolve("Dockerfile")
        : DOCKER.resolve(build.path("context").asText()).resolve(build.path("dockerfile").asText());
  }

  @Test
  void theServiceIsLockedIn() {
    JsonNode service = compose.at("/services/picsync");

    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
    assertThat(texts(service.path("security_opt"))).containsExactly("no-new-privileges:true");
    assertThat(service.has("user") || service.has("privileged")).isFalse();
    assertThat(service.toString()).doesNotContain("docker.sock");
    assertThat(texts(service.path("volumes")))
        .filteredOn(volume -> !volume.endsWith(":ro"))
        .containsExactly("state:/var/lib/picsync");
  }

  @Test
  void itsConfigurationNamesItsServersAndSecrets() throws IOException {
    Properties keys = new Properties();
    try (var in = Files.newInputStream(DOCKER.resolve("config/application.properties"))) {
      keys.load(in);
    }
    keys.forEach(
        (key, value) -> {
          if (key.toString().endsWith(".uri")) {
            assertThat(names(compose.path("services")))
                .contains(value.toString().replaceAll("ftp://(.*):21", "$1"));
          }
          if (key.toString().endsWith("-file")) {
            assertThat(value.toString()).startsWith("/run/secrets/");
            assertThat(texts(compose.at("/services/picsync/secrets")))
                .contains(value.toString().replace("/run/secrets/", ""));
          }
        });
  }

  @Test
  void prometheusScrapesWhatTheServiceServes() throws IOException {
    String config = Files.readString(DOCKER.resolve("config/application.properties"));
    String prometheus = Files.readString(DOCKER.resolve("prometheus/prometheus.yml"));
    assertThat(config).contains("camel.management.enabled=true", "camel.management.port=9876");
    assertThat(prometheus).contains("picsync:9876", "metrics_path: /observe/metrics");
    assertThat(Files.readString(Path.of("docs/watching.md"))).contains("`/observe/metrics`");
    assertThat(Files.readString(DOCKER.resolve("grafana/datasource.yaml")))
        .contains("http://prometheus:9090");
    for (String name : List.of("prometheus", "grafana")) {
      assertThat(texts(compose.at("/services").path(name).path("ports")))
          .as("on this machine only")
          .allMatch(port -> port.startsWith("127.0.0.1:"));
    }
  }

  @Test
  void itsConfigurationAndSyncDoTheDemonstrationsJob(@TempDir Path folder) throws Exception {
    Path pictures = folder.resolve("pictures");
    Path base = folder.resolve("base");
    assertThat(picsync("demo", "--pictures-only", "--folder", pictures.toString()).run().code())
        .isZero();
    try (EmbeddedFtpServer old = server(pictures.resolve("old"), "one");
        EmbeddedFtpServer fresh = server(pictures.resolve("new"), "two")) {
      Files.writeString(folder.resolve("old"), "one\n");
      Files.writeString(folder.resolve("new"), "two\n");
      copy(DOCKER.resolve("config"), base.resolve("config"));
      copy(DOCKER.resolve("routes/syncs"), base.resolve("routes/syncs"));
      edit(
          base.resolve("config/application.properties"),
          "ftp://old:21",
          old.uri(),
          "ftp://new:21",
          fresh.uri(),
          "/run/secrets/",
          folder + "/",
          "camel.management.enabled=true",
          "camel.management.enabled=false\npicsync.api.port=0");
      edit(
          base.resolve("routes/syncs/cam1.camel.yaml"), "cron: \"0 0/10 * * * ?\"", "interval: 1s");
      try (PicsyncProcess process =
          picsync("run")
              .env("PICSYNC_BASE", base.toString())
              .env("PICSYNC_STATE", folder.resolve("state").toString())
              .start()) {
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> !process.isRunning() || !reports(folder).isEmpty());
        assertThat(process.isRunning()).as(process.err()).isTrue();
      }
    }
    StoredReport report = StoredReport.read(reports(folder).get(0));
    assertThat(report.status()).isEqualTo("completed");
    assertThat(report.transferred()).isEqualTo(30);
    assertThat(Trees.snapshot(pictures.resolve("new"))).hasSizeGreaterThan(146);
  }

  private static EmbeddedFtpServer server(Path home, String password) throws IOException {
    return EmbeddedFtpServer.start(home, "camera", password);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(file.getFileName().toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private static void edit(Path file, String... pairs) throws IOException {
    String text = Files.readString(file);
    for (int i = 0; i < pairs.length; i += 2) {
      assertThat(text).contains(pairs[i]);
      text = text.replace(pairs[i], pairs[i + 1]);
    }
    Files.writeString(file, text);
  }

  private static List<Path> reports(Path folder) throws IOException {
    Path reports = folder.resolve("state/reports/cam1");
    if (!Files.isDirectory(reports)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(reports)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}

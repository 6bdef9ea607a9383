package io.picsync.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.picsync.api.ApiServer;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.FreePort;
import io.picsync.testing.LiveHome;
import io.picsync.testing.ServerCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code picsync health}, asked of a service that lives and of one that does not. */
final class HealthIT {
  private static final String HOME = "picsync.home";

  private final String before = Objects.requireNonNullElse(System.getProperty(HOME), "");
  private final Path folder;
  private final LiveHome home;
  private final StringWriter said = new StringWriter();

  HealthIT(@TempDir Path temporary) throws IOException {
    folder = temporary;
    home = LiveHome.in(temporary);
  }

  @BeforeEach
  void ofThisHome() {
    System.setProperty(HOME, home.home().toString());
  }

  @AfterEach
  void ofTheBuild() {
    System.setProperty(HOME, before);
  }

  private int health() {
    PrintWriter console = new PrintWriter(said, true);
    return Picsync.execute(new Console(console, console), "health");
  }

  private static int status(int port, String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aServiceWithApiAndMetricsSideBySideLivesUntilItEnds() throws Exception {
    int api = FreePort.find();
    int observe = FreePort.find();
    home.configure(
        "picsync.api.port=" + api,
        "camel.management.enabled=true",
        "camel.management.host=0.0.0.0",
        "camel.management.port=" + observe);
    try (LiveHome.Running picsync = home.start()) {
      await().until(() -> !picsync.bean("api-server", ApiServer.class).address().isEmpty());
      assertThat(health()).isZero();
      assertThat(said.toString())
          .contains("alive: http://127.0.0.1:" + observe + "/observe/health/live");
      assertThat(status(api, "/api/syncs")).isEqualTo(200);
      assertThat(status(api, "/")).isEqualTo(200);
      assertThat(status(observe, "/observe/metrics")).isEqualTo(200);
      assertThat(status(api, "/observe/metrics")).as("each on its own port").isEqualTo(404);
      assertThat(status(observe, "/api/syncs")).isEqualTo(404);
      assertThat(picsync.log()).noneMatch(line -> line.startsWith("ERROR"));
    }
    assertThat(health()).isEqualTo(ExitCode.FAILED);
    assertThat(said.toString()).contains("no answer: http://127.0.0.1:" + observe);
  }

  @Test
  void anApiOverTlsIsAskedWithItsOwnCertificate() throws Exception {
    CertificateAuthority authority = CertificateAuthority.named("any");
    ServerCertificate certificate = authority.issueFor("pictures.example.org");
    int api = FreePort.find();
    home.configure(
        "picsync.api.port=" + api,
        "picsync.api.reader.password=let-me-look-at-it",
        "picsync.api.tls-certificate=" + certificate.writePem(folder.resolve("certificate.pem")),
        "picsync.api.tls-key=" + certificate.writeKey(folder.resolve("key.pem")));
    try (LiveHome.Running picsync = home.start()) {
      await().until(() -> !picsync.bean("api-server", ApiServer.class).address().isEmpty());
      assertThat(health()).as(said.toString()).isZero();
      assertThat(said.toString()).contains("alive: https://127.0.0.1:" + api + "/api/health");

      CertificateAuthority.named("other")
          .issueFor("pictures.example.org")
          .writePem(folder.resolve("certificate.pem"));
      assertThat(health()).as("somebody else's").isEqualTo(ExitCode.FAILED);
      assertThat(picsync.log()).isNotEmpty();
    }
  }

  @Test
  void aServiceThatListensNowhereSaysThatItCantBeAsked() throws IOException {
    home.configure("picsync.api.enabled=false");

    assertThat(health()).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString()).contains("picsync.api.enabled is false");
  }
}

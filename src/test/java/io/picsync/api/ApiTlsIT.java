package io.picsync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.picsync.settings.SettingsException;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.PicsyncContext;
import io.picsync.testing.ServerCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over HTTPS. */
final class ApiTlsIT {
  private static final Duration BOUND = Duration.ofSeconds(40);
  private static final String OPERATOR = "operator-only-for-tests";

  private final CertificateAuthority authority = CertificateAuthority.named("An authority");
  private Path home;
  private Path root;

  @BeforeEach
  void makeCertificate(@TempDir Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    root = folder.resolve("server");
    Files.createDirectories(root.resolve("old"));
    Files.createDirectories(root.resolve("new"));
    ServerCertificate certificate = authority.issueFor("127.0.0.1", "localhost");
    certificate.writePem(home.resolve("api.pem"));
    certificate.writeKey(home.resolve("api.key"));
  }

  private PicsyncContext.Builder picsync() throws Exception {
    return PicsyncContext.at(home)
        .api()
        .server("disk", root)
        .set("picsync.api.operator.password", OPERATOR)
        .set("picsync.api.tls-certificate", "api.pem")
        .set("picsync.api.tls-key", "api.key")
        .sync("source1", "disk/old", "disk/new");
  }

  private HttpClient trusting() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  @Test
  void readingAndChangingGoOverTls() throws Exception {
    try (PicsyncContext picsync = picsync().start()) {
      URI address = picsync.api();
      assertThat(address.getScheme()).isEqualTo("https");
      HttpResponse<String> page = send(trusting(), HttpRequest.newBuilder(address));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();

      HttpRequest.Builder change =
          HttpRequest.newBuilder(address.resolve("/api/syncs/source1/start"))
              .header("Authorization", "Basic " + base64("operator:" + OPERATOR))
              .header("X-Picsync", "1")
              .header("Content-Type", "application/json")
              .header("Origin", address.toString())
              .POST(HttpRequest.BodyPublishers.ofString("{\"mode\":\"check\"}"));
      assertThat(send(trusting(), change).statusCode()).isEqualTo(202);

      assertThatThrownBy(() -> send(HttpClient.newHttpClient(), HttpRequest.newBuilder(address)))
          .as("an authority that nobody knows")
          .isInstanceOf(SSLHandshakeException.class);
      URI plain = URI.create("http://127.0.0.1:" + address.getPort() + "/api/access");
      assertThatThrownBy(() -> send(HttpClient.newHttpClient(), HttpRequest.newBuilder(plain)))
          .as("without TLS")
          .isInstanceOf(IOException.class);
    }
  }

  /** Certificates are renewed every few weeks; a restart for each would end the runs. */
  @Test
  void renewedCertificateIsServedWithoutARestartAndAWrongOneIsNot() throws Exception {
    try (PicsyncContext picsync = picsync().start();
        LoggedLines log = LoggedLines.warnings()) {
      BigInteger first = served(picsync.api());
      ServerCertificate renewed = authority.issueFor("127.0.0.1", "localhost");

      renewed.writePem(home.resolve("api.pem"));
      await().atMost(BOUND).until(() -> !log.lines().isEmpty());
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("ERROR", "the one before goes on", "api.key is not that of the certificate");
      assertThat(served(picsync.api())).as("until its key is there").isEqualTo(first);

      renewed.writeKey(home.resolve("api.key"));
      await("nobody is refused at that moment")
          .atMost(BOUND)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> !served(picsync.api()).equals(first));
      assertThat(served(picsync.api())).isEqualTo(renewed.certificate().getSerialNumber());
      assertThat(log.lines()).hasSize(1);
    }
  }

  /** Of a connection of its own. */
  private BigInteger served(URI address) throws Exception {
    HttpResponse<String> page = send(trusting(), HttpRequest.newBuilder(address));
    return ((X509Certificate) page.sslSession().orElseThrow().getPeerCertificates()[0])
        .getSerialNumber();
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keyOrCertificateThatIsNotThereIsNamedAtStart() throws Exception {
    Files.delete(home.resolve("api.key"));

    assertThatThrownBy(() -> picsync().start().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.api.tls-key")
        .hasMessageContaining("api.key");
  }

  /** No browser would get further than the handshake, and the log would say nothing. */
  @Test
  void keyOfAnotherCertificateIsToldAtStart() throws Exception {
    authority.issueFor("127.0.0.1").writeKey(home.resolve("api.key"));
    try (LoggedLines log = LoggedLines.warnings();
        PicsyncContext picsync = picsync().api().start()) {
      assertThat(picsync.context().isStarted()).isTrue();
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains("The reports are not shown, the syncs go on")
                      && line.contains("api.key is not that of the certificate"));
    }
  }

  @Test
  void certificateWithoutKeyIsRefused() throws Exception {
    PicsyncContext.Builder half =
        PicsyncContext.at(home).api().set("picsync.api.tls-certificate", "api.pem");

    assertThatThrownBy(() -> half.start().close())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("picsync.api.tls-key");
  }
}

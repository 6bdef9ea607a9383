package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.OpenServers;
import io.picsync.archive.Servers;
import io.picsync.archive.UnavailableException;
import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.CertificateAuthority;
import io.picsync.testing.LoggedLines;
import io.picsync.testing.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates are accepted, and what an operator is told of the others. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FtpsTrustIT {
  private final CertificateAuthority authority = CertificateAuthority.named("a test");
  private final ServerCertificate good = authority.subordinate("in between").issue();
  private final Path home;
  private final Path ca;

  FtpsTrustIT(@TempDir Path home) throws IOException {
    this.home = home;
    this.ca = Files.writeString(home.resolve("ca.pem"), authority.pem());
  }

  @Test
  void certificateOfAnAuthorityThatIsConfiguredIsAccepted() throws IOException {
    assertAccepted(good, "tls-ca", ca.toString());
  }

  @Test
  void certificateOfAnUnknownAuthorityIsRefusedWithItsFingerprint() throws IOException {
    assertRefused(
        good,
        "was issued by nobody who is trusted here",
        Fingerprint.of(good.certificate()),
        "picsync.server.x.tls-ca",
        "picsync.server.x.tls-pin");
  }

  @Test
  void certificateOfAnotherAuthorityThanTheConfiguredIsRefused() throws IOException {
    Path other = Files.writeString(home.resolve("o.pem"), CertificateAuthority.named("o").pem());

    assertRefused(good, "was issued by nobody", "tls-ca", other.toString());
  }

  @Test
  void certificateForAnotherHostIsRefusedWithBothNames() throws IOException {
    ServerCertificate other = authority.issueFor("ftp.example.org", "192.0.2.1");

    assertRefused(
        other,
        "is trusted, but made out to ftp.example.org, 192.0.2.1 and not to 127.0.0.1",
        "tls-ca",
        ca.toString());
  }

  @Test
  void certificateWithoutAnyNameIsRefused() throws IOException {
    assertRefused(authority.issueFor(), "and not to 127.0.0.1", "tls-ca", ca.toString());
  }

  @Test
  void certificateOutOfDateIsRefused() throws IOException {
    Instant old = Instant.now().minus(Duration.ofDays(30));

    assertRefused(
        authority.issue(old, "127.0.0.1"), "has expired (NotAfter: ", "tls-ca", ca.toString());
  }

  @Test
  void certificateOfTheFutureIsRefused() throws IOException {
    Instant later = Instant.now().plus(Duration.ofDays(30));

    assertRefused(authority.issue(later, "127.0.0.1"), "is not valid yet", "tls-ca", ca.toString());
  }

  @Test
  void pinnedCertificateIsAcceptedWhateverItsNameSays() throws IOException {
    ServerCertificate other = authority.issueFor("ftp.example.org");

    assertAccepted(other, "tls-pin", Fingerprint.of(other.certificate()));
  }

  @Test
  void oneOfSeveralPinsIsEnough() throws IOException {
    String another = Fingerprint.of(authority.certificate());
    String own =
        Fingerprint.of(good.certificate()).substring(7).replace(":", "").toLowerCase(Locale.ROOT);

    assertAccepted(good, "tls-pin", another + ", " + own);
  }

  @Test
  void anotherCertificateThanThePinnedIsRefusedWithBothFingerprints() throws IOException {
    String pin = Fingerprint.of(authority.certificate());

    assertRefused(
        good, "is not the pinned one: it is " + Fingerprint.of(good.certificate()), "tls-pin", pin);
    assertRefused(good, "picsync.server.x.tls-pin names " + pin, "tls-pin", pin);
  }

  @Test
  void verificationIsSwitchedOffInWordsAndLoudly() throws IOException {
    try (LoggedLines log = LoggedLines.warnings()) {
      assertAccepted(authority.issueFor("ftp.example.org"), "tls-verify", "false");

      assertThat(log.lines()).anyMatch(line -> line.contains("picsync.server.x.tls-verify=false"));
    }
  }

  @Test
  void serverWithoutTlsIsToldAsSuch() throws IOException {
    try (EmbeddedFtpServer ftp = EmbeddedFtpServer.at(home).without("AUTH").start()) {
      assertThatThrownBy(() -> list("ftps://127.0.0.1:" + ftp.port(), "tls-verify", "false"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("speaks no TLS, AUTH TLS was answered with: 502");
    }
  }

  @Test
  void explicitServerDoesNotAnswerImplicitTls() throws IOException {
    try (EmbeddedFtpServer ftp = EmbeddedFtpServer.at(home).start()) {
      assertThatThrownBy(
              () ->
                  list("ftps://127.0.0.1:" + ftp.port() + "?implicit=true", "tls-verify", "false"))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("does not answer in TLS")
          .hasMessageContaining("leave out implicit=true");
    }
  }

  @Test
  void serverThatDoesNotProtectDataConnectionsIsRefused() throws IOException {
    try (EmbeddedFtpServer ftp =
        EmbeddedFtpServer.at(home).tls(good.keyStore("k"), "k", false).without("PROT").start()) {
      assertThatThrownBy(() -> list(ftp.uri(), "tls-ca", ca.toString()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("protects no data connections, PROT P was answered with: 502");
    }
  }

  private void assertAccepted(ServerCertificate certificate, String... keys) throws IOException {
    try (EmbeddedFtpServer ftp = serving(certificate)) {
      assertThat(list(ftp.uri(), keys)).isInstanceOf(Listing.Trusted.class);
    }
  }

  private void assertRefused(ServerCertificate certificate, String reason, String... more)
      throws IOException {
    boolean withKey = more.length == 2 && more[0].startsWith("tls-");
    try (EmbeddedFtpServer ftp = serving(certificate)) {
      assertThatThrownBy(() -> list(ftp.uri(), withKey ? more : new String[0]))
          .isInstanceOf(UnavailableException.class)
          .hasMessageStartingWith("The certificate of server x at 127.0.0.1:" + ftp.port())
          .hasMessageContaining(reason)
          .hasMessageContainingAll(withKey ? new String[] {"tls-pin"} : more);
    }
  }

  private EmbeddedFtpServer serving(ServerCertificate certificate) throws IOException {
    return EmbeddedFtpServer.at(home).tls(certificate.keyStore("key"), "key", false).start();
  }

  private static Listing list(String uri, String... keys) throws IOException {
    Map<String, String> settings =
        new HashMap<>(OpenServers.x("uri", uri, "username", "demo", "password", "demo"));
    settings.putAll(OpenServers.x(keys));
    try (Servers servers = OpenServers.of(settings)) {
      return servers.get("x").list(new Location("", ""), () -> false);
    }
  }
}

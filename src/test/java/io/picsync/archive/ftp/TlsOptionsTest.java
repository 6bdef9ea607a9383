package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.OpenServers;
import io.picsync.archive.ServerConfig;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.testing.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsOptionsTest {
  private static final String PIN = "12:".repeat(31) + "AB";

  @Test
  void certificatesAreVerifiedByJavasAuthoritiesUnlessTold() {
    TlsOptions options = options();

    assertThat(options.verified()).isTrue();
    assertThat(options.trust().getAcceptedIssuers()).hasSizeGreaterThan(10);
  }

  @Test
  void authoritiesOfTheFileReplaceJavas(@TempDir Path folder) throws IOException {
    CertificateAuthority one = CertificateAuthority.named("one");
    CertificateAuthority two = CertificateAuthority.named("two");
    Path file = Files.writeString(folder.resolve("ca.pem"), one.pem() + two.pem());

    assertThat(options("tls-ca", file.toString()).trust().getAcceptedIssuers())
        .containsExactlyInAnyOrder(one.certificate(), two.certificate());
  }

  @Test
  void fileThatIsNotThereOrHoldsNoCertificateIsToldByItsKey(@TempDir Path folder)
      throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path other = Files.writeString(folder.resolve("other.pem"), "no certificate\n");

    assertRefused("there is no such file", "tls-ca", folder.resolve("absent.pem").toString());
    assertRefused("holds no certificate", "tls-ca", empty.toString());
    assertRefused("can't be read as certificates", "tls-ca", other.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA256:", "SHA256 Fingerprint=", "sha256 Fingerprint=", "sha-256:", ""})
  void fingerprintIsReadAsToolsPrintIt(String before) {
    assertThat(Fingerprint.parse("key", before + PIN)).isEqualTo("SHA256:" + PIN);
    assertThat(
            Fingerprint.parse(
                "key", before + PIN.replace(":", "").toLowerCase(java.util.Locale.ROOT)))
        .isEqualTo("SHA256:" + PIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12:34", "SHA1:12", "xyz"})
  void anythingElseIsNoFingerprint(String pin) {
    assertRefused("the SHA-256 fingerprint of a certificate is wanted", "tls-pin", pin);
  }

  @Test
  void verificationIsSwitchedOffByTheWordFalseOnly() {
    assertThat(options("tls-verify", "false").verified()).isFalse();
    assertThat(options("tls-verify", "true").verified()).isTrue();
    assertRefused("true or false is wanted", "tls-verify", "off");
  }

  @Test
  void keysThatContradictEachOtherAreRefused() {
    assertRefused("both set", "tls-pin", PIN, "tls-ca", "x.pem");
    assertRefused("contradicts picsync.server.x.tls-pin", "tls-verify", "false", "tls-pin", PIN);
    assertRefused("contradicts picsync.server.x.tls-ca", "tls-verify", "false", "tls-ca", "x.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://host, tls-verify, does nothing for a ftp: server",
    "ftps://host?execProt=C, connections, the option 'execProt' does nothing",
    "ftps://host?disableSecureDataChannelDefaults=true, connections, does nothing",
    "ftps://host?ftpClient.trustStore.file=x, connections, does nothing",
    "ftps://host?securityProtocol=SSLv3, connections, securityProtocol=SSLv3 is not spoken here",
    "ftps:host, connections, names no host",
  })
  void whatWouldDoNothingOrHarmIsRefusedAtStart(String uri, String key, String why) {
    String value = key.equals("connections") ? "4" : "true";

    assertThatThrownBy(() -> OpenServers.of(OpenServers.x("uri", uri, key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(why);
  }

  private static void assertRefused(String why, String... keys) {
    assertThatThrownBy(() -> options(keys))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("picsync.server.x.tls-")
        .hasMessageContaining(why);
  }

  private static TlsOptions options(String... keys) {
    return TlsOptions.of(
        new ServerConfig("x", URI.create("ftps://host"), new Settings(OpenServers.x(keys))));
  }
}

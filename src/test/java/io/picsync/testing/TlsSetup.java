package io.picsync.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How a daemon speaks TLS.
 *
 * @param implicit TLS from the first byte; else after AUTH TLS
 * @param sessionReuse whether a data connection must resume the control connection's session
 * @param version the only one spoken, {@code TLSv1.2} or {@code TLSv1.3}; null for all
 */
record TlsSetup(
    ServerCertificate certificate,
    boolean implicit,
    boolean sessionReuse,
    @Nullable String version) {

  TlsSetup withSessionReuse() {
    return new TlsSetup(certificate, implicit, true, version);
  }

  TlsSetup withVersion(String only) {
    return new TlsSetup(certificate, implicit, sessionReuse, only);
  }

  /**
   * Limits the version of any daemon that uses OpenSSL, also where it has no option for it: OpenSSL
   * itself reads the file that the environment variable {@code OPENSSL_CONF} names.
   */
  void writeOpenSslConf(Path file, ProcessBuilder daemon) throws IOException {
    if (version == null) {
      return;
    }
    String text =
        """
        openssl_conf = all
        [all]
        ssl_conf = ssl
        [ssl]
        system_default = limits
        [limits]
        MinProtocol = %1$s
        MaxProtocol = %1$s
        """
            .formatted(version);
    Files.writeString(file, text, US_ASCII);
    daemon.environment().put("OPENSSL_CONF", file.toString());
  }

  /** For a client that trusts this certificate, whatever its name and dates, and no other. */
  SSLContext client() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", certificate.certificate());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot speak TLS", e);
    }
  }
}

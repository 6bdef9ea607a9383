package io.picsync.archive.ftp;

import io.picsync.archive.ServerConfig;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificate of one FTPS server: by authorities with the host's name, by the
 * fingerprints of pinned certificates, or not at all. A pinned certificate is the server's whatever
 * its authority, names and dates say. Thread-safe.
 */
final class TlsTrust extends X509ExtendedTrustManager {
  private final ServerConfig config;
  private final @Nullable X509ExtendedTrustManager authorities;
  private final Set<String> pins;

  /**
   * @param authorities null to accept any certificate when there are no pins
   * @param pins as {@link Fingerprint#of} tells them; none to ask the authorities
   */
  TlsTrust(ServerConfig config, @Nullable X509ExtendedTrustManager authorities, Set<String> pins) {
    this.config = config;
    this.authorities = authorities;
    this.pins = Set.copyOf(pins);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    if (!pins.isEmpty()) {
      checkPinned(chain[0]);
    } else if (authorities != null) {
      try {
        authorities.checkServerTrusted(chain, type, socket);
      } catch (CertificateException e) {
        throw new RefusedCertificateException(why(authorities, chain, type, e), e);
      }
    }
  }

  private void checkPinned(X509Certificate certificate) throws RefusedCertificateException {
    String fingerprint = Fingerprint.of(certificate);
    if (!pins.contains(fingerprint)) {
      throw new RefusedCertificateException(
          "is not the pinned one: it is %s, %s names %s. If it was renewed on purpose, add the new fingerprint there; else somebody may listen in between"
              .formatted(fingerprint, config.key("tls-pin"), String.join(", ", pins)),
          null);
    }
  }

  private String why(
      X509ExtendedTrustManager authorities,
      X509Certificate[] chain,
      String type,
      CertificateException e) {
    String reason = RefusedCertificateException.reason(e);
    try {
      authorities.checkServerTrusted(chain, type);
    } catch (CertificateException withoutName) {
      return "%s. It says '%s', issued by '%s', with the fingerprint %s. If that is known to be right, set %s=FILE.pem (of the authority that issued it) or %s=%s"
          .formatted(
              reason,
              chain[0].getSubjectX500Principal(),
              chain[0].getIssuerX500Principal(),
              Fingerprint.of(chain[0]),
              config.key("tls-ca"),
              config.key("tls-pin"),
              Fingerprint.of(chain[0]));
    }
    return "is trusted, but made out to %s and not to %s. Name the server by one of those in %s, or, if the fingerprint is known to be right, set %s=%s"
        .formatted(
            RefusedCertificateException.names(chain[0]),
            config.uri().getHost(),
            config.key("uri"),
            config.key("tls-pin"),
            Fingerprint.of(chain[0]));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities == null ? new X509Certificate[0] : authorities.getAcceptedIssuers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw onlyForSockets();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw onlyForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw onlyForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw onlyForSockets();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw onlyForSockets();
  }

  private static CertificateException onlyForSockets() {
    return new CertificateException("only the certificates of servers are judged, on sockets");
  }
}

package io.picsync.archive.ftp;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate that is not accepted. The message goes on after "The certificate of server
 * x at y" and says what to do; it has no full stop.
 */
final class RefusedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  RefusedCertificateException(String message, @Nullable CertificateException cause) {
    super(message, cause);
  }

  /** What the library says, in an operator's words. */
  static String reason(CertificateException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof CertificateExpiredException) {
        return "has expired (%s)".formatted(at.getMessage());
      }
      if (at instanceof CertificateNotYetValidException) {
        return "is not valid yet (%s)".formatted(at.getMessage());
      }
      if (at instanceof CertPathBuilderException) {
        return "was issued by nobody who is trusted here";
      }
    }
    return "is not accepted: " + e.getMessage();
  }

  /** The hosts that it is made out to, as JSSE compares them. */
  static String names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        return names.stream()
            .map(name -> String.valueOf(name.get(1)))
            .collect(Collectors.joining(", "));
      }
    } catch (CertificateParsingException e) {
      // then the subject is all there is
    }
    return "'" + certificate.getSubjectX500Principal() + "'";
  }
}

package io.picsync.archive.ftp;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What goes wrong between two that want to speak TLS, in an operator's words. */
final class TlsFailure {
  private TlsFailure() {}

  /**
   * @param where {@code x at host:port}
   * @return empty when it has nothing to do with TLS
   */
  static Optional<String> tell(String where, Throwable e) {
    RefusedCertificateException certificate = find(e, RefusedCertificateException.class);
    if (certificate != null) {
      return Optional.of(
          "The certificate of server %s %s.".formatted(where, certificate.getMessage()));
    }
    TlsRefusedException refused = find(e, TlsRefusedException.class);
    if (refused != null) {
      return Optional.of(
          "Server %s %s. Switch FTPS on there; ftp: would send the password and the pictures in the clear."
              .formatted(where, refused.getMessage()));
    }
    SSLException tls = find(e, SSLException.class);
    if (tls == null || broke(e)) {
      return Optional.empty();
    }
    return Optional.of(
        isNoTls(tls)
            ? "Server %s does not answer in TLS. Implicit FTPS has a port of its own, mostly 990; for the others leave out implicit=true."
                .formatted(where)
            : "Server %s and this side find no way to speak TLS: %s. TLS 1.2 and 1.3 are spoken here; see which the server allows."
                .formatted(where, tls.getMessage()));
  }

  /** The answer of a server that knows only versions that were not offered. */
  static boolean isNoCommonVersion(Throwable e) {
    return find(e, SSLException.class) != null
        && !broke(e)
        && find(e, RefusedCertificateException.class) == null
        && find(e, TlsRefusedException.class) == null;
  }

  /** The connection itself: TLS is not to blame. */
  private static boolean broke(Throwable e) {
    return find(e, EOFException.class) != null
        || find(e, SocketException.class) != null
        || find(e, SocketTimeoutException.class) != null;
  }

  private static boolean isNoTls(SSLException e) {
    return String.valueOf(e.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("unrecognized ssl message");
  }

  private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> kind) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (kind.isInstance(at)) {
        return kind.cast(at);
      }
    }
    return null;
  }
}

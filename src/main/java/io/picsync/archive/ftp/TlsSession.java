package io.picsync.archive.ftp;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one control connection and of its data connections, each of which resumes the control
 * connection's session: many servers refuse them else, and it proves that nobody else took the
 * port. One thread at a time.
 *
 * <p>JSSE looks a session up by host and port and forgets it when the context goes, so each control
 * connection has a context of its own and {@link TlsDataSocket} bears the control connection's
 * port. Under TLS 1.3 a ticket is good for one connection; a new one is read with the first bytes
 * that follow a handshake, which is why uploads read until the server ends too.
 */
final class TlsSession {
  private static final String TICKETS = "jdk.tls.client.enableSessionTicketExtension";
  private static final String CONTROL = "io.picsync.control";
  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  static {
    // JSSE throws away TLS 1.2 tickets good for more than a week, and vsftpd's are; without tickets
    // both sides keep the session by its id.
    if (System.getProperty(TICKETS) == null) {
      System.setProperty(TICKETS, "false");
    }
  }

  private final SSLContext context;
  private final String host;
  private @Nullable SSLSession control;
  private long since = System.nanoTime();
  private boolean hadOne;

  /**
   * @param protocol the highest version, as JSSE names it
   * @param host as the certificate must name it
   */
  TlsSession(String protocol, TlsTrust trust, String host) {
    try {
      this.context = SSLContext.getInstance(protocol);
      context.init(null, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java has no " + protocol, e);
    }
    // one, so that what is cached is what will be resumed
    context.getClientSessionContext().setSessionCacheSize(1);
    this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Shakes hands on the control connection. */
  SSLSocket control(Socket raw) throws IOException {
    SSLSocket socket = secure(raw);
    since = System.nanoTime();
    control = socket.getSession();
    control.putValue(CONTROL, CONTROL); // resumed sessions bear it too
    return socket;
  }

  /** Shakes hands on a data connection. */
  SSLSocket data(Socket raw) throws IOException {
    hadOne |= resumable();
    return secure(raw);
  }

  private SSLSocket secure(Socket raw) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(raw, host, raw.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(
        Arrays.stream(parameters.getProtocols()).filter(VERSIONS::contains).toArray(String[]::new));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Whether this data connection resumed the control connection's session. */
  static boolean resumed(SSLSocket data) {
    return data.getSession().getValue(CONTROL) != null;
  }

  /** Whether the next data connection can resume. */
  private boolean resumable() {
    return context.getClientSessionContext().getIds().hasMoreElements();
  }

  /**
   * Whether the server once gave a session to resume and there is none left: a further data
   * connection may be refused.
   */
  boolean spent() {
    return hadOne && !resumable();
  }

  /** Since the handshake of the control connection. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /** {@code TLSv1.3} or {@code TLSv1.2}. */
  String version() {
    return control == null ? "" : control.getProtocol();
  }
}

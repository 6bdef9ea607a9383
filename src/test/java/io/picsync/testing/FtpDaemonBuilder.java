package io.picsync.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects options, then starts a daemon.
 *
 * @param <B> this builder
 * @param <D> what it starts
 */
public abstract sealed class FtpDaemonBuilder<B extends FtpDaemonBuilder<B, D>, D extends FtpDaemon>
    permits VsftpdServer.Builder, ProftpdServer.Builder, PureFtpdServer.Builder {
  private static final int ATTEMPTS = 5;

  final Path home;
  final Map<String, String> options = new LinkedHashMap<>();
  @Nullable TlsSetup tls;
  boolean ssh;
  private final String program;
  private int port;

  FtpDaemonBuilder(Path home, String program) {
    this.home = home.toAbsolutePath();
    this.program = program;
  }

  abstract B self();

  /** Starts it once at this port. */
  abstract D launch(int chosen, Owner owner) throws IOException;

  /** Whom the folder is given to where root runs the tests. */
  Owner owner() throws IOException {
    return Owner.choose();
  }

  /** A fixed port, to come back as the same server after a close; otherwise a free one. */
  public B port(int fixed) {
    port = fixed;
    return self();
  }

  /** Any option as the daemon's manual calls it; replaces the default. */
  public B option(String key, String value) {
    options.put(key, value);
    return self();
  }

  /** Only logins and data connections after AUTH TLS and PROT P are accepted. */
  public B tls(ServerCertificate certificate) {
    tls = new TlsSetup(certificate, false, false, null);
    return self();
  }

  /** Refuses data connections that don't resume the control connection's TLS session. */
  public B requireSessionReuse() {
    tls = tlsFirst().withSessionReuse();
    return self();
  }

  /** The only one spoken: {@code TLSv1.2} or {@code TLSv1.3}. */
  public B tlsVersion(String only) {
    tls = tlsFirst().withVersion(only);
    return self();
  }

  private TlsSetup tlsFirst() {
    if (tls == null) {
      throw new IllegalStateException("the certificate comes first");
    }
    return tls;
  }

  /**
   * Starts, and returns when it answers and no session is open.
   *
   * @throws IllegalStateException if the daemon does not start; the message has its own words
   */
  public D start() throws IOException {
    Owner owner = owner();
    owner.own(home);
    String output = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int chosen = port != 0 ? port : FreePort.find();
      D server = launch(chosen, owner);
      if (server.answers()) {
        return server;
      }
      output = server.output();
      server.close();
    }
    throw new IllegalStateException("Cannot start %s for %s: %s".formatted(program, home, output));
  }
}

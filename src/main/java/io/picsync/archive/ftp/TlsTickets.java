package io.picsync.archive.ftp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an FTPS server lets data connections resume the session of their control connection: by
 * tickets of TLS 1.3 (RFC 8446, 4.6.1), each for one connection, or by the session of TLS 1.2,
 * again and again. Thread-safe.
 */
final class TlsTickets {
  private static final Logger LOG = LoggerFactory.getLogger(FtpFacts.class);

  private final String server;
  private volatile boolean end;
  private volatile boolean onlyTls13;

  TlsTickets(String server) {
    this.server = server;
  }

  /**
   * Whether TLS 1.2 does better, because the server hands out no further ticket of TLS 1.3 (ProFTPD
   * does not).
   */
  boolean wantTls12() {
    return end && !onlyTls13;
  }

  /** The one ticket was used, and no further one came. */
  void end() {
    if (!end) {
      end = true;
      LOG.info(
          "The server gives no TLS 1.3 ticket for a next data connection; going on with TLS 1.2. server={}",
          server);
    }
  }

  void tls12Refused() {
    onlyTls13 = true;
    LOG.warn(
        "The server speaks no TLS 1.2 and gives one TLS 1.3 ticket to a connection: each transfer logs in anew. Allow TLS 1.2 there. server={}",
        server);
  }
}

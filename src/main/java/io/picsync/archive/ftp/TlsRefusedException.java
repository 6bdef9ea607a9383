package io.picsync.archive.ftp;

import javax.net.ssl.SSLException;

/** The server answers that it does not do what FTPS needs. */
final class TlsRefusedException extends SSLException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what goes on after "Server x at y" and before the reply
   */
  TlsRefusedException(String what, FtpReply reply) {
    super(what + ": " + reply);
  }
}

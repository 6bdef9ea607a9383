package io.picsync.archive.ftp;

/** Apache FtpServer under TLS from the first byte. */
final class FtpsServerImplicitContractIT extends FtpsServerEmbeddedContractIT {
  @Override
  boolean implicit() {
    return true;
  }
}

package io.picsync.archive.ftp;

import io.picsync.demo.EmbeddedFtpServer;
import io.picsync.testing.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Apache FtpServer under TLS, after AUTH TLS. */
class FtpsServerEmbeddedContractIT extends FtpServerEmbeddedContractIT {
  private static final CertificateAuthority AUTHORITY = CertificateAuthority.named("a test");

  boolean implicit() {
    return false;
  }

  @Override
  EmbeddedFtpServer.Builder server(Path folder) {
    return super.server(folder).tls(AUTHORITY.issue().keyStore("key"), "key", implicit());
  }

  @Override
  protected Map<String, String> start(Path folder) throws IOException {
    Map<String, String> settings = new HashMap<>(super.start(folder));
    Path ca = Files.writeString(folder.resolveSibling("ca.pem"), AUTHORITY.pem());
    settings.put("picsync.server.x.tls-ca", ca.toString());
    settings.merge("picsync.server.x.uri", implicit() ? "?implicit=true" : "", String::concat);
    return settings;
  }
}

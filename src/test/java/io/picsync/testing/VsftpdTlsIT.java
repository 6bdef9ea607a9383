package io.picsync.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPSClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real vsftpd speaking TLS, and that each of its options changes what a client meets. */
@RequiresDaemon("vsftpd")
final class VsftpdTlsIT {
  private final Path home;
  private final CertificateAuthority authority = CertificateAuthority.named("a test");
  private final ServerCertificate certificate = authority.subordinate("in between").issue();
  private final TlsSetup trusting = new TlsSetup(certificate, false, false, null);

  VsftpdTlsIT(@TempDir Path home) {
    this.home = home;
  }

  @Test
  void explicitTlsIsRequiredOfLogins() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).tls(certificate).start()) {
      assertThat(server.uri()).startsWith("ftps:");
      assertThatThrownBy(() -> FtpClients.login(server)).hasMessageContaining("530");
      FTPSClient client = client();
      client.connect("127.0.0.1", server.port());
      assertThat(client.login(server.user(), server.password())).isTrue();
      client.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void implicitTlsSpeaksTheOnlyVersionAllowedAndSendsTheWholeChain(String version)
      throws IOException {
    try (VsftpdServer server =
            VsftpdServer.at(home).implicitTls(certificate).tlsVersion(version).start();
        SSLSocket socket = connect(server)) {
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getPeerCertificates())
          .containsExactly(certificate.chain().toArray(Certificate[]::new));
      assertThat(socket.getInputStream().read()).isEqualTo('2');
    }
  }

  @Test
  void anotherVersionIsRefused() throws IOException {
    try (VsftpdServer server =
            VsftpdServer.at(home).implicitTls(certificate).tlsVersion("TLSv1.3").start();
        SSLSocket socket = connect(server)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});

      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void aDataConnectionWithASessionOfItsOwnIsRefusedOnlyWhereReuseIsRequired() throws IOException {
    try (VsftpdServer server = VsftpdServer.at(home).tls(certificate).start()) {
      assertThat(replyToListing(server)).isEqualTo(226);
    }
    try (VsftpdServer server =
        VsftpdServer.at(home).tls(certificate).requireSessionReuse().start()) {
      assertThat(replyToListing(server)).isEqualTo(522);
    }
  }

  private int replyToListing(VsftpdServer server) throws IOException {
    FTPSClient client = client();
    client.connect("127.0.0.1", server.port());
    client.login(server.user(), server.password());
    client.execPBSZ(0);
    client.execPROT("P");
    client.enterLocalPassiveMode();
    try {
      client.listNames();
    } catch (IOException e) {
      // The refusal closes the data connection first.
      client.getReply();
    }
    client.disconnect();
    return client.getReplyCode();
  }

  private SSLSocket connect(VsftpdServer server) throws IOException {
    return (SSLSocket)
        trusting
            .client()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), server.port());
  }

  private FTPSClient client() {
    FTPSClient client = new FTPSClient(trusting.client());
    client.setDefaultTimeout(10_000);
    client.setConnectTimeout(10_000);
    return client;
  }
}

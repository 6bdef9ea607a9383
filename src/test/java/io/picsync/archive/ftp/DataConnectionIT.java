package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.picsync.archive.ServerConfig;
import io.picsync.settings.Settings;
import io.picsync.testing.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How protected data connections end, in order and not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DataConnectionIT {
  private static final byte[] PICTURE = new byte[100_000];

  private final ServerSocket server;
  private final SSLContext serverTls;
  private final ExecutorService serving = Executors.newSingleThreadExecutor();

  DataConnectionIT() throws Exception {
    // the peer too takes only close_notify for an end
    server = TlsDataSocket.accepting(1).createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(CertificateAuthority.named("a test").issue().keyStore("key"), "key".toCharArray());
    serverTls = SSLContext.getInstance("TLS");
    serverTls.init(keys.getKeyManagers(), null, null);
  }

  @AfterEach
  void stop() throws IOException {
    serving.shutdownNow();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void downloadEndsWithCloseNotify(String version) throws Exception {
    Future<?> served =
        serve(
            (tcp, tls) -> {
              tls.getOutputStream().write(PICTURE);
              tls.close();
            });

    try (DataConnection data = connect(version);
        InputStream in = data.input()) {
      assertThat(in.readAllBytes()).isEqualTo(PICTURE);
    }
    served.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void downloadThatWasCutBehindWholeRecordsIsNoDownload(String version) throws Exception {
    Future<?> served =
        serve(
            (tcp, tls) -> {
              tls.getOutputStream().write(PICTURE);
              tcp.close();
            });

    try (DataConnection data = connect(version)) {
      assertThatThrownBy(() -> data.input().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the data connection was cut");
    }
    served.get();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void uploadEndsWithCloseNotifyAndWaitsForTheServer(String version) throws Exception {
    AtomicInteger received = new AtomicInteger();
    Future<?> served =
        serve(
            (tcp, tls) -> {
              received.set(tls.getInputStream().readAllBytes().length);
              tls.close();
            });

    try (DataConnection data = connect(version)) {
      data.output().write(PICTURE);
      data.finish();
    }

    served.get();
    assertThat(received).hasValue(PICTURE.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void uploadThatWasGivenUpIsCut(String version) throws Exception {
    Future<?> served =
        serve(
            (tcp, tls) ->
                assertThatThrownBy(() -> tls.getInputStream().readAllBytes())
                    .isInstanceOf(IOException.class));

    DataConnection data = connect(version);
    data.output().write(PICTURE);
    data.close();

    served.get();
  }

  @FunctionalInterface
  private interface Conversation {
    void hold(Socket tcp, SSLSocket tls) throws Exception;
  }

  private Future<?> serve(Conversation conversation) {
    return serving.submit(
        () -> {
          try (Socket tcp = server.accept()) {
            conversation.hold(tcp, accept(tcp));
          }
          return null;
        });
  }

  private SSLSocket accept(Socket tcp) throws IOException {
    SSLSocket tls =
        (SSLSocket) serverTls.getSocketFactory().createSocket(tcp, null, tcp.getPort(), true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    return tls;
  }

  private DataConnection connect(String version) throws IOException {
    ServerConfig config =
        new ServerConfig("x", URI.create("ftps://localhost"), new Settings(Map.of()));
    TlsSession session = new TlsSession(version, new TlsTrust(config, null, Set.of()), "localhost");
    Socket tcp = TlsDataSocket.connecting(21, made -> made).createSocket();
    tcp.connect(server.getLocalSocketAddress());
    return new DataConnection(tcp, session.data(tcp));
  }
}

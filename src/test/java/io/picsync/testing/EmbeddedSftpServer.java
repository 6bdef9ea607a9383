package io.picsync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * Apache MINA SSHD on loopback, serving one folder as its root to one user with a password. Another
 * dialect than OpenSSH: no statvfs, a RENAME of its own, statuses with words.
 */
public final class EmbeddedSftpServer implements AutoCloseable {
  private static final KeyPair HOST_KEY = hostKey();

  private final SshServer server;

  private EmbeddedSftpServer(SshServer server) {
    this.server = server;
  }

  public static EmbeddedSftpServer start(Path folder, String user, String password)
      throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(HOST_KEY));
    server.setPasswordAuthenticator(
        (name, given, session) -> name.equals(user) && given.equals(password));
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    server.start();
    return new EmbeddedSftpServer(server);
  }

  /** Without credentials. */
  public String uri() {
    return "sftp://127.0.0.1:" + server.getPort();
  }

  public int port() {
    return server.getPort();
  }

  private static KeyPair hostKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK makes EC keys.", e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

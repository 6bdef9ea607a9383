package io.picsync.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.function.LongPredicate;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/**
 * Apache MINA SSHD on loopback, serving one folder as its root to one user with a password. Another
 * dialect than OpenSSH: no statvfs, a RENAME of its own, statuses with words.
 */
public final class EmbeddedSftpServer implements AutoCloseable {
  private static final KeyPair HOST_KEY = newKey();

  private final SshServer server;
  private final AtomicInteger passwords = new AtomicInteger();
  private volatile boolean refusesNames;
  private volatile IntUnaryOperator reads = asked -> asked;
  private volatile LongPredicate writes = offset -> true;

  private EmbeddedSftpServer(SshServer server) {
    this.server = server;
  }

  public static EmbeddedSftpServer start(Path folder, String user, String password)
      throws IOException {
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(HOST_KEY));
    EmbeddedSftpServer started = new EmbeddedSftpServer(server);
    server.setPasswordAuthenticator(
        (name, given, session) -> {
          started.passwords.incrementAndGet();
          return name.equals(user) && given.equals(password);
        });
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
    SftpSubsystemFactory sftp = started.new Subsystems();
    sftp.addSftpEventListener(started.new Refusal());
    server.setSubsystemFactories(List.of(sftp));
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    server.start();
    return started;
  }

  /** Whether files may be renamed and linked from now on. */
  public void refuseNames(boolean refused) {
    refusesNames = refused;
  }

  /**
   * From now on each READ brings no more bytes than this says for those that were asked for,
   * whatever clients are told; it may also do something first.
   */
  public void onRead(IntUnaryOperator brought) {
    reads = brought;
  }

  /** From now on each WRITE is refused whose offset this says no to. */
  public void onWrite(LongPredicate taken) {
    writes = taken;
  }

  /** Passwords that clients sent, right and wrong ones. */
  public int passwords() {
    return passwords.get();
  }

  /** {@code ecdsa-sha2-nistp256 AAAA…}: the public host key. */
  public static String hostKey() {
    return PublicKeyEntry.toString(HOST_KEY.getPublic());
  }

  /** {@code SHA256:…}, of the host key, as ssh-keygen -l tells it. */
  public static String fingerprint() {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, HOST_KEY.getPublic());
  }

  /** Makes subsystems whose READ and WRITE can be interfered with. */
  private final class Subsystems extends SftpSubsystemFactory {
    @Override
    public Command createSubsystem(ChannelSession channel) {
      SftpSubsystem subsystem =
          new SftpSubsystem(channel, this) {
            @Override
            protected int doRead(
                int id,
                String handle,
                long offset,
                int length,
                byte[] data,
                int at,
                AtomicReference<Boolean> end)
                throws IOException {
              return super.doRead(id, handle, offset, reads.applyAsInt(length), data, at, end);
            }

            @Override
            protected void doWrite(
                int id, String handle, long offset, int length, byte[] data, int at, int remaining)
                throws IOException {
              if (!writes.test(offset)) {
                throw new IOException("No space left on device");
              }
              super.doWrite(id, handle, offset, length, data, at, remaining);
            }
          };
      getRegisteredListeners().forEach(subsystem::addSftpEventListener);
      return subsystem;
    }
  }

  private final class Refusal implements SftpEventListener {
    @Override
    public void linking(ServerSession session, Path source, Path target, boolean symLink)
        throws IOException {
      check(target);
    }

    @Override
    public void moving(
        ServerSession session, Path source, Path target, Collection<CopyOption> options)
        throws IOException {
      check(target);
    }

    private void check(Path name) throws AccessDeniedException {
      if (refusesNames) {
        throw new AccessDeniedException(name.toString());
      }
    }
  }

  /** Without credentials. */
  public String uri() {
    return "sftp://127.0.0.1:" + server.getPort();
  }

  public int port() {
    return server.getPort();
  }

  private static KeyPair newKey() {
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

package io.picsync.archive.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.picsync.archive.ArchiveException;
import io.picsync.archive.PassingException;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.pool.Connector;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions: connects, judges the host key, logs in, greets. */
final class SftpSessionFactory implements Connector<SftpSession> {
  private static final Logger LOG = LoggerFactory.getLogger(SftpSessionFactory.class);

  private final String server;
  private final String host;
  private final int port;
  private final SftpLogin login;
  private final SftpOptions options;
  private final String folder;
  private final CheckFile checkFile;

  /**
   * @param folder the server's root for picsync, absolute or relative to the login folder
   */
  SftpSessionFactory(
      String server, String host, int port, SftpLogin login, SftpOptions options, String folder) {
    this.server = server;
    // an IPv6 address stands in brackets in a URI and nowhere else
    this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    this.port = port;
    this.login = login;
    this.options = options;
    this.folder = folder;
    this.checkFile = new CheckFile(server, System::nanoTime);
  }

  @Override
  public SftpSession connect(Consumer<Runnable> abort) throws ArchiveException {
    SshSocket sockets = new SshSocket(options.connectTimeout());
    abort.accept(sockets::close);
    JSch jsch = new JSch();
    Session session = null;
    HostKeys keys = null;
    try {
      keys = new HostKeys(server, login.trust(), jsch);
      session = session(jsch, keys, sockets);
      session.connect((int) options.connectTimeout().toMillis());
      SshChannel channel = new SshChannel(session, sockets.socket(), options.timeout());
      return new SftpSession(server, channel, options.charset(), checkFile, folder);
    } catch (JSchException | IOException | RuntimeException e) {
      boolean loggedIn = session != null && session.isConnected();
      sockets.close();
      if (session != null) {
        session.disconnect();
      }
      throw failure(e, keys, loggedIn);
    }
  }

  private Session session(JSch jsch, HostKeys keys, SshSocket sockets) throws JSchException {
    if (login.privateKey() != null) {
      jsch.addIdentity(login.privateKey().toString(), login.passphraseBytes());
    }
    Session session = jsch.getSession(login.username(), host, port);
    if (login.password() != null) {
      session.setPassword(login.password().reveal().getBytes(StandardCharsets.UTF_8));
    }
    session.setHostKeyRepository(keys);
    session.setSocketFactory(sockets);
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("PreferredAuthentications", "publickey,password,keyboard-interactive");
    options.algorithms().forEach(session::setConfig);
    session.setDaemonThread(true);
    if (options.alive().isZero()) {
      session.setTimeout((int) options.timeout().toMillis());
    } else {
      session.setServerAliveInterval((int) options.alive().toMillis());
      session.setServerAliveCountMax(options.aliveCountMax());
    }
    return session;
  }

  private ArchiveException failure(Exception e, @Nullable HostKeys keys, boolean loggedIn) {
    if (e instanceof ArchiveException told) {
      return told;
    }
    if (e instanceof SettingsException told) {
      return new UnavailableException(
          "Server %s: %s".formatted(server, String.valueOf(told.getMessage())), e);
    }
    String refusal = keys == null ? null : keys.refusal(server, host, port);
    if (refusal != null) {
      if (keys != null && keys.changed()) {
        LOG.error("The host key is not the server's known one. server={} why={}", server, refusal);
      }
      return new UnavailableException(refusal, e);
    }
    String at = "Server %s at %s:%d".formatted(server, host, port);
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("Auth ")) {
      return new UnavailableException(
          "%s refuses the login of %s (%s). Check the user name and the %s."
              .formatted(
                  at,
                  login.username(),
                  message.replaceFirst(".*for methods", "it offers"),
                  proof()),
          e);
    }
    if (loggedIn) {
      return new UnavailableException(
          "%s let %s log in, but speaks no SFTP: %s. Check that its sftp subsystem is on for that user."
              .formatted(at, login.username(), message),
          e);
    }
    if (e instanceof JSchAlgoNegoFailException) {
      return new UnavailableException(
          "%s and picsync know no common algorithm: %s. The URI's options ciphers, keyExchangeProtocols and serverHostKeys can name older ones."
              .formatted(at, message),
          e);
    }
    String unreachable = unreachable(rootCause(e));
    if (unreachable != null) {
      return new UnavailableException(
          "%s can't be reached: %s. Check the address, the network and that the server runs."
              .formatted(at, unreachable),
          e);
    }
    // closed before the login: MaxStartups, fail2ban and their like
    return new PassingException(
        "%s takes no connection now: %s. If it stays so, allow fewer connections to it."
            .formatted(at, message),
        e);
  }

  private String proof() {
    if (login.privateKey() == null) {
      return "password";
    }
    return login.password() == null ? "private key" : "private key or the password";
  }

  private static @Nullable String unreachable(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "the host name is unknown";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    return cause instanceof ConnectException || cause instanceof NoRouteToHostException
        ? String.valueOf(cause.getMessage())
        : null;
  }

  private static Throwable rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }
}

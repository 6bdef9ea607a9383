package io.picsync.archive.ftp;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.PassingException;
import io.picsync.archive.Secret;
import io.picsync.archive.UnavailableException;
import io.picsync.archive.pool.Connector;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.FtpsConfiguration;
import org.apache.camel.component.file.remote.RemoteFileConfiguration;
import org.apache.commons.net.ftp.FTPConnectionClosedException;
import org.apache.commons.net.ftp.FTPFile;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions with camel-ftp's own connecting code, so its URI options (timeouts, passive mode,
 * account, site commands, client parameters) mean here what they mean there.
 */
final class FtpSessionFactory implements Connector<FtpSession> {
  private final String server;
  private final FtpEndpoint<FTPFile> endpoint;
  private final Optional<Secret> password;
  private final String folder;
  private final @Nullable TlsTrust trust;
  private final FtpFacts facts;

  /**
   * @param password asked for at each login
   * @param folder the server's root for picsync, absolute or relative to the login folder
   * @param trust whose certificates are trusted by an FtpsEndpoint's server; null for plain FTP
   */
  FtpSessionFactory(
      String server,
      FtpEndpoint<FTPFile> endpoint,
      Optional<Secret> password,
      String folder,
      @Nullable TlsTrust trust) {
    this.server = server;
    this.endpoint = endpoint;
    this.password = password;
    this.folder = folder;
    this.trust = trust;
    this.facts = new FtpFacts(server);
  }

  @Override
  public FtpSession connect(Consumer<Runnable> abort) throws ArchiveException {
    boolean tls12 = facts.tickets().wantTls12();
    PictureFtpClient client = client(tls12);
    abort.accept(
        () -> {
          client.breakOff();
          disconnect(client);
        });
    try {
      endpoint.getConfiguration().setPassword(password.map(Secret::reveal).orElse(""));
      operations(client).connect(endpoint.getConfiguration(), null);
      return new FtpSession(client, facts, folder);
    } catch (GenericFileOperationFailedException e) {
      FtpReply told = client.lastRefusal();
      FtpReply refusal =
          told.code() == e.getCode() ? told : new FtpReply(e.getCode(), e.getReason());
      disconnect(client);
      if (tls12 && facts.tickets().wantTls12() && TlsFailure.isNoCommonVersion(e)) {
        facts.tickets().tls12Refused();
        return connect(abort);
      }
      throw failure(refusal, e);
    } catch (SettingsException e) {
      throw new UnavailableException(
          "Server %s: %s".formatted(server, String.valueOf(e.getMessage())), e);
    } catch (Exception e) {
      FtpReply reply = client.lastReply();
      disconnect(client);
      throw failure(reply, e);
    }
  }

  private PictureFtpClient client(boolean tls12) {
    if (trust == null || !(endpoint.getConfiguration() instanceof FtpsConfiguration to)) {
      return new PictureFtpClient(facts);
    }
    String protocol = tls12 ? "TLSv1.2" : to.getSecurityProtocol();
    return new PictureFtpClient(
        facts, new TlsSession(protocol, trust, to.getHost()), to.isImplicit());
  }

  /** The endpoint hands its client to the operations it makes; one at a time, so none is shared. */
  private FtpOperations operations(PictureFtpClient client) throws Exception {
    synchronized (endpoint) {
      endpoint.setFtpClient(client);
      return (FtpOperations) endpoint.createRemoteFileOperations();
    }
  }

  private ArchiveException failure(FtpReply reply, Exception e) {
    RemoteFileConfiguration to = endpoint.getConfiguration();
    String address = to.getHost() + ":" + to.getPort();
    Throwable cause = rootCause(e);
    Optional<String> ofTls = TlsFailure.tell(server + " at " + address, e);
    if (trust != null && ofTls.isPresent()) {
      return new UnavailableException(ofTls.get(), cause);
    }
    boolean refusesLogin = reply.code() == 530 || reply.code() == 430 || reply.code() == 332;
    if (refusesLogin && !reply.saysTooMany()) {
      return new UnavailableException(
          "Server %s at %s refuses the login of %s: %s. Check the user name and the password."
              .formatted(
                  server,
                  address,
                  to.getUsername() == null ? "anonymous" : to.getUsername(),
                  reply),
          cause);
    }
    if (reply.mayPass() || refusesLogin) {
      return new PassingException(
          "Server %s at %s takes no connection now: %s. If it stays so, allow fewer connections to it."
              .formatted(server, address, reply),
          cause);
    }
    return new UnavailableException(
        "Server %s at %s can't be reached: %s. Check the address, the network and that the server runs."
            .formatted(server, address, reason(cause, reply)),
        cause);
  }

  private static String reason(Throwable cause, FtpReply reply) {
    if (cause instanceof UnknownHostException) {
      return "the host name is unknown";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof FTPConnectionClosedException) {
      return "it closes the connection without a word";
    }
    if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return String.valueOf(cause.getMessage());
    }
    return reply.code() > 0 ? reply.toString() : String.valueOf(cause.getMessage());
  }

  private static Throwable rootCause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static void disconnect(PictureFtpClient client) {
    try {
      client.disconnect();
    } catch (IOException e) {
      // the connection is gone, or never was
    }
  }
}

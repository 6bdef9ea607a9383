package io.picsync.testing;

import java.io.IOException;

/**
 * A real FTP daemon on loopback, serving one folder to one user, with its own configuration and no
 * change to the machine.
 *
 * <p>Started by root it behaves as in the field: the user is locked into the folder and owns it
 * ({@link FtpDaemonBuilder#start} hands it over). Started by anybody else it can't lock users in:
 * the login folder is the same, but absolute paths are those of the machine, see {@link #root}.
 */
public abstract sealed class FtpDaemon implements AutoCloseable
    permits VsftpdServer, ProftpdServer, PureFtpdServer {
  private final FtpDaemonBuilder<?, ?> built;
  private final int port;
  private final Owner owner;
  private final Daemon daemon;

  FtpDaemon(FtpDaemonBuilder<?, ?> built, int port, Owner owner, Daemon daemon) {
    this.built = built;
    this.port = port;
    this.owner = owner;
    this.daemon = daemon;
  }

  public abstract String user();

  public String password() {
    return "picsync";
  }

  public int port() {
    return port;
  }

  /** Without credentials; {@code ftps:} where TLS is spoken, explicit or implicit. */
  public String uri() {
    String plain = built.ssh ? "sftp" : "ftp";
    return (built.tls == null ? plain : "ftps") + "://127.0.0.1:" + port;
  }

  /** The absolute path by which clients see the folder: {@code /}, or the real one. */
  public String root() {
    return owner.root() ? "/" : built.home.toString();
  }

  /**
   * Gives the folder and all in it to the server's user; needed again for what a test that runs as
   * root adds later and the server is to change.
   */
  public void handOver() throws IOException {
    owner.own(built.home);
  }

  /** Kills the sessions, transfers included; the server itself goes on. */
  public void dropSessions() {
    daemon.dropSessions();
  }

  /** Processes of sessions open now. */
  public long sessions() {
    return daemon.sessions();
  }

  /** What the daemon printed: its complaints about the configuration. */
  public String output() throws IOException {
    return daemon.output();
  }

  /** Whether it greets; false if it ended, for instance because its port is taken. */
  boolean answers() throws IOException {
    return daemon.answers(port, socket -> FtpProbe.greets(socket, built.tls))
        && daemon.waitForNoSessions();
  }

  @Override
  public void close() throws IOException {
    daemon.close();
  }
}

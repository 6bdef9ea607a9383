package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real vsftpd on loopback, serving one folder to one user, with its own configuration and no
 * change to the machine.
 *
 * <p>Started by root it behaves as in the field: the machine's user {@code ftp} is locked into the
 * folder and owns it ({@link Builder#start} hands it over). The check of the password is left to
 * the PAM service {@code su}, which trusts root, so any password is accepted. (An anonymous login
 * would check it, but vsftpd refuses to lock anonymous users into a folder they may write.)
 *
 * <p>Started by anybody else vsftpd cannot lock users in: the login folder is the same, but
 * absolute paths are those of the machine, see {@link #root}; the password is checked.
 */
public final class VsftpdServer implements AutoCloseable {
  private static final String USER = "ftp";
  private static final String PASSWORD = "picsync";
  private static final int ATTEMPTS = 5;

  private final Path home;
  private final int port;
  private final boolean locked;
  private final Process daemon;
  private final Path folder;
  private final @Nullable TlsSetup tls;

  private VsftpdServer(
      Path home, int port, boolean locked, Process daemon, Path folder, @Nullable TlsSetup tls) {
    this.home = home;
    this.port = port;
    this.locked = locked;
    this.daemon = daemon;
    this.folder = folder;
    this.tls = tls;
  }

  /** Whether it can be started; for {@code @RequiresDaemon("vsftpd")} nothing else is asked. */
  public static boolean installed() {
    return DaemonCondition.find("vsftpd").isPresent();
  }

  public static Builder at(Path home) {
    return new Builder(home);
  }

  public String user() {
    return USER;
  }

  public String password() {
    return PASSWORD;
  }

  public int port() {
    return port;
  }

  /** Without credentials; {@code ftps:} where TLS is spoken, explicit or implicit. */
  public String uri() {
    return (tls == null ? "ftp" : "ftps") + "://127.0.0.1:" + port;
  }

  /** The absolute path by which clients see the folder: {@code /}, or the real one. */
  public String root() {
    return locked ? "/" : home.toString();
  }

  /**
   * Gives the folder and all in it to the server's user; needed again for what a test that runs as
   * root adds later and the server is to change.
   */
  public void handOver() throws IOException {
    if (locked) {
      own(home);
    }
  }

  /** Kills the sessions, transfers included; the server itself goes on. */
  public void dropSessions() {
    daemon.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** What vsftpd printed: its complaints about the configuration. */
  public String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  @Override
  public void close() throws IOException {
    // Sessions outlive the listener, so they are collected before it goes.
    List<ProcessHandle> sessions = daemon.descendants().toList();
    daemon.destroyForcibly();
    sessions.forEach(ProcessHandle::destroyForcibly);
    daemon.onExit().join();
    for (String name :
        List.of("vsftpd.conf", "password", "output", "empty", "tls.pem", "openssl.cnf")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.delete(folder);
  }

  private static void own(Path home) throws IOException {
    UserPrincipal owner =
        home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.getFileAttributeView(
                    file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(owner);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Collects options, then starts. The defaults: no limits, times in UTC, MDTM sets times. */
  public static final class Builder {
    private final Path home;
    private final Map<String, String> options = new LinkedHashMap<>();
    private int port;
    private @Nullable TlsSetup tls;

    private Builder(Path home) {
      this.home = home.toAbsolutePath();
    }

    /** Connections beyond this many are greeted with 421. */
    public Builder maxPerIp(int connections) {
      return option("max_per_ip", Integer.toString(connections));
    }

    /** After this long without a command the connection is closed with 421. */
    public Builder idleTimeout(Duration idle) {
      return option("idle_session_timeout", Long.toString(idle.toSeconds()));
    }

    /** After this long without progress a transfer is broken off. */
    public Builder dataTimeout(Duration stalled) {
      return option("data_connection_timeout", Long.toString(stalled.toSeconds()));
    }

    /** Tells times in the machine's zone instead of UTC. */
    public Builder useLocalTime() {
      return option("use_localtime", "YES");
    }

    /** A fixed port, to come back as the same server after a close; otherwise a free one. */
    public Builder port(int fixed) {
      port = fixed;
      return this;
    }

    /** Only logins and data connections after AUTH TLS and PROT P are accepted. */
    public Builder tls(ServerCertificate certificate) {
      tls = new TlsSetup(certificate, false, false, null);
      return this;
    }

    /** TLS from the first byte, on the only port. */
    public Builder implicitTls(ServerCertificate certificate) {
      tls = new TlsSetup(certificate, true, false, null);
      return this;
    }

    /** Refuses data connections that don't resume the control connection's TLS session. */
    public Builder requireSessionReuse() {
      tls = tlsFirst().withSessionReuse();
      return this;
    }

    /** The only one spoken: {@code TLSv1.2} or {@code TLSv1.3}. */
    public Builder tlsVersion(String only) {
      tls = tlsFirst().withVersion(only);
      return this;
    }

    private TlsSetup tlsFirst() {
      if (tls == null) {
        throw new IllegalStateException("tls(…) or implicitTls(…) comes first");
      }
      return tls;
    }

    /** Any option of vsftpd.conf(5); replaces the default. */
    public Builder option(String key, String value) {
      options.put(key, value);
      return this;
    }

    /**
     * Starts, and returns when it answers and no session is open.
     *
     * @throws IllegalStateException if vsftpd does not start; the message has its own words
     */
    public VsftpdServer start() throws IOException {
      Path program =
          DaemonCondition.find("vsftpd")
              .orElseThrow(() -> new IllegalStateException("vsftpd is not installed"));
      boolean root = "root".equals(System.getProperty("user.name"));
      if (root) {
        own(home);
      }
      String output = "";
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int chosen = port != 0 ? port : freePort();
        VsftpdServer server = launch(program, chosen, root);
        if (VsftpdProbe.answers(server.daemon, chosen, tls)) {
          return server;
        }
        output = server.output();
        server.close();
      }
      throw new IllegalStateException("Cannot start vsftpd for " + home + ": " + output);
    }

    private VsftpdServer launch(Path program, int chosen, boolean root) throws IOException {
      Path folder = Files.createTempDirectory("vsftpd");
      // The user that is not yet logged in is locked into the empty folder, so it must see it.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.createDirectory(folder.resolve("empty"));
      Files.createFile(folder.resolve("output"));
      Files.writeString(folder.resolve("password"), PASSWORD + "\n");
      Map<String, String> all = VsftpdOptions.of(home, folder, chosen, root);
      if (tls != null) {
        all.putAll(VsftpdOptions.of(tls, tls.certificate().writePem(folder.resolve("tls.pem"))));
      }
      all.putAll(options);
      StringBuilder lines = new StringBuilder();
      all.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
      Path configuration = Files.writeString(folder.resolve("vsftpd.conf"), lines, UTF_8);
      // vsftpd complains on descriptor 0, where it expects a connection.
      ProcessBuilder daemon =
          new ProcessBuilder(
              "/bin/sh",
              "-c",
              "exec \"$0\" \"$1\" 0<>\"$2\" 1>&0 2>&0",
              program.toString(),
              configuration.toString(),
              folder.resolve("output").toString());
      if (tls != null) {
        tls.writeOpenSslConf(folder.resolve("openssl.cnf"), daemon);
      }
      return new VsftpdServer(home, chosen, root, daemon.start(), folder, tls);
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }
  }
}

package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The real vsftpd.
 *
 * <p>Started by root it serves the machine's user {@code ftp}. The check of the password is left to
 * the PAM service {@code su}, which trusts root, so any password is accepted. (An anonymous login
 * would check it, but vsftpd refuses to lock anonymous users into a folder they may write.)
 *
 * <p>Started by anybody else the password is checked.
 */
public final class VsftpdServer extends FtpDaemon {
  private static final String USER = "ftp";

  private VsftpdServer(Builder built, int port, Owner owner, Daemon daemon) {
    super(built, port, owner, daemon);
  }

  public static Builder at(Path home) {
    return new Builder(home);
  }

  @Override
  public String user() {
    return USER;
  }

  /** The defaults: no limits, times in UTC, MDTM sets times. */
  public static final class Builder extends FtpDaemonBuilder<Builder, VsftpdServer> {
    private Builder(Path home) {
      super(home, "vsftpd");
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    Owner owner() throws IOException {
      return Owner.named(USER);
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

    /** TLS from the first byte, on the only port. */
    public Builder implicitTls(ServerCertificate certificate) {
      tls = new TlsSetup(certificate, true, false, null);
      return this;
    }

    @Override
    VsftpdServer launch(int chosen, Owner owner) throws IOException {
      Path folder = Daemon.newFolder("vsftpd");
      // The user that is not yet logged in is locked into the empty folder, so it must see it.
      Files.createDirectory(folder.resolve("empty"));
      Files.writeString(folder.resolve("password"), "picsync\n");
      Map<String, String> all = VsftpdOptions.of(home, folder, chosen, owner.root());
      if (tls != null) {
        all.putAll(VsftpdOptions.of(tls, tls.certificate().writePem(folder.resolve("tls.pem"))));
      }
      all.putAll(options);
      StringBuilder lines = new StringBuilder();
      all.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
      Path configuration = Files.writeString(folder.resolve("vsftpd.conf"), lines, UTF_8);
      // vsftpd complains on descriptor 0, where it expects a connection.
      ProcessBuilder builder =
          new ProcessBuilder(
              "/bin/sh",
              "-c",
              "exec \"$0\" \"$1\" 0<>\"$2\" 1>&0 2>&0",
              Daemon.program("vsftpd").toString(),
              configuration.toString(),
              folder.resolve("output").toString());
      if (tls != null) {
        tls.writeOpenSslConf(folder.resolve("openssl.cnf"), builder);
      }
      return new VsftpdServer(this, chosen, owner, Daemon.start(folder, builder));
    }
  }
}

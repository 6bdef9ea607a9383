package io.picsync.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The real ProFTPD; it knows one user, from a file of its own. */
public final class ProftpdServer extends FtpDaemon {
  private ProftpdServer(Builder built, int port, Owner owner, Daemon daemon) {
    super(built, port, owner, daemon);
  }

  public static Builder at(Path home) {
    return new Builder(home);
  }

  @Override
  public String user() {
    return "picsync";
  }

  /** The defaults are ProFTPD's own, and no limits. */
  public static final class Builder extends FtpDaemonBuilder<Builder, ProftpdServer> {
    private Builder(Path home) {
      super(home, "proftpd");
    }

    @Override
    Builder self() {
      return this;
    }

    /** RNTO and STOR replace; else both are refused, RNTO with 550. */
    public Builder allowOverwrite() {
      return option("AllowOverwrite", "on");
    }

    /** Connections beyond this many are greeted with 421 or 530. */
    public Builder maxClientsPerHost(int connections) {
      return option("MaxClientsPerHost", Integer.toString(connections));
    }

    /** After this long without a command the connection is closed with 421. */
    public Builder idleTimeout(Duration idle) {
      return option("TimeoutIdle", Long.toString(idle.toSeconds()));
    }

    /** FEAT doesn't tell of MLSD and MFMT. */
    public Builder withoutFacts() {
      return option("FactsAdvertise", "off");
    }

    /** TLS from the first byte, on the only port. */
    public Builder implicitTls(ServerCertificate certificate) {
      tls = new TlsSetup(certificate, true, false, null);
      return this;
    }

    /** SFTP instead of FTP, on the only port, with password logins; mod_sftp. */
    public Builder sftp() {
      ssh = true;
      return this;
    }

    @Override
    ProftpdServer launch(int chosen, Owner owner) throws IOException {
      Path folder = Daemon.newFolder("proftpd");
      Path users =
          Files.writeString(folder.resolve("users"), UnixPassword.line("picsync", owner, home));
      Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-------"));
      Map<String, String> all = defaults(folder, chosen, owner);
      if (tls != null) {
        tlsOptions(tls, all, folder);
      }
      if (ssh) {
        sftpOptions(all, folder);
      }
      all.putAll(options);
      StringBuilder lines = new StringBuilder();
      all.forEach((key, value) -> lines.append(key).append(' ').append(value).append('\n'));
      Path configuration = Files.writeString(folder.resolve("proftpd.conf"), lines);
      Path program = Daemon.program("proftpd");
      ProcessBuilder builder =
          new ProcessBuilder(program.toString(), "-n", "-c", configuration.toString());
      Daemon.findLibraries(program, builder);
      return new ProftpdServer(this, chosen, owner, Daemon.start(folder, builder));
    }

    private Map<String, String> defaults(Path folder, int chosen, Owner owner) throws IOException {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("ServerType", "standalone");
      all.put("DefaultAddress", "127.0.0.1");
      all.put("UseIPv6", "off");
      all.put("SocketBindTight", "on");
      all.put("Port", Integer.toString(chosen));
      all.put("ModulePath", Daemon.beside(Daemon.program("proftpd"), "lib/proftpd").toString());
      if (owner.root()) {
        all.put("User", "nobody");
        all.put("Group", "nogroup");
        all.put("DefaultRoot", "~");
      } else {
        all.put("User", System.getProperty("user.name"));
        all.put("Group", Files.readAttributes(home, PosixFileAttributes.class).group().getName());
      }
      all.put("AuthPAM", "off");
      all.put("AuthOrder", "mod_auth_file.c");
      all.put("AuthUserFile", folder.resolve("users").toString());
      all.put("RequireValidShell", "off");
      all.put("UseFtpUsers", "off");
      all.put("UseReverseDNS", "off");
      all.put("ControlsEngine", "off");
      all.put("DelayEngine", "off");
      all.put("DelayTable", "none");
      all.put("WtmpLog", "off");
      all.put("TransferLog", "none");
      all.put("SystemLog", folder.resolve("system").toString());
      all.put("PidFile", folder.resolve("pid").toString());
      all.put("ScoreboardFile", folder.resolve("scoreboard").toString());
      return all;
    }

    private static void sftpOptions(Map<String, String> all, Path folder) throws IOException {
      all.put("LoadModule", "mod_sftp.c");
      all.put("SFTPEngine", "on");
      all.put("SFTPHostKey", SshKeys.make(folder, "ed25519", "").host().toString());
      all.put("SFTPAuthMethods", "password");
      all.put("SFTPLog", folder.resolve("sftp").toString());
    }

    private static void tlsOptions(TlsSetup tls, Map<String, String> all, Path folder)
        throws IOException {
      Path pem = tls.certificate().writePem(folder.resolve("tls.pem"));
      all.put("LoadModule", "mod_tls.c");
      all.put("TLSEngine", "on");
      all.put("TLSRequired", "on");
      String kind = tls.certificate().key().getAlgorithm();
      all.put("TLS" + kind + "CertificateFile", pem.toString());
      all.put("TLS" + kind + "CertificateKeyFile", pem.toString());
      StringBuilder tlsOptions = new StringBuilder();
      if (!tls.sessionReuse()) {
        tlsOptions.append(" NoSessionReuseRequired");
      }
      if (tls.implicit()) {
        tlsOptions.append(" UseImplicitSSL");
      }
      if (!tlsOptions.isEmpty()) {
        all.put("TLSOptions", tlsOptions.toString());
      }
      all.put("TLSProtocol", tls.version() == null ? "TLSv1.2 TLSv1.3" : tls.version());
    }
  }
}

package io.picsync.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The real sshd of OpenSSH on loopback with its SFTP server, serving one folder to one user, with
 * its own configuration and host key and no change to the machine.
 *
 * <p>It never runs as root: as whom it runs owns the folder ({@link Builder#start} hands it over).
 * Login is by key or by password. Nobody is locked in: the login folder is the served one, and
 * absolute paths are those of the machine, see {@link #root}.
 */
public final class OpenSshServer implements AutoCloseable {
  private static final String USER = "picsync";
  private static final String PASSWORD = "picsync";
  private static final int ATTEMPTS = 5;

  private final Path home;
  private final int port;
  private final Owner owner;
  private final SshKeys keys;
  private final Daemon daemon;

  private OpenSshServer(Path home, int port, Owner owner, SshKeys keys, Daemon daemon) {
    this.home = home;
    this.port = port;
    this.owner = owner;
    this.keys = keys;
    this.daemon = daemon;
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

  /** Without credentials. */
  public String uri() {
    return "sftp://127.0.0.1:" + port;
  }

  /** The private key that logs in, in OpenSSH's own format; gone after {@link #close}. */
  public Path privateKey() {
    return keys.user();
  }

  /** {@code ssh-ed25519 AAAA…}: the public host key. */
  public String hostKey() throws IOException {
    return keys.hostKey();
  }

  /** The line of a known-hosts file that names this server and its key. */
  public String knownHost() throws IOException {
    return "[127.0.0.1]:%d %s\n".formatted(port, keys.hostKey());
  }

  /** The absolute path by which clients see the folder: the real one. */
  public String root() {
    return home.toString();
  }

  /** Gives what a test added later to the server's user. */
  public void handOver() throws IOException {
    owner.own(home);
  }

  /** Kills the sessions, transfers included; the server itself goes on. */
  public void dropSessions() {
    daemon.dropSessions();
  }

  /** Processes of sessions open now. */
  public long sessions() {
    return daemon.sessions();
  }

  /** What sshd logged. */
  public String output() throws IOException {
    return daemon.output();
  }

  @Override
  public void close() throws IOException {
    daemon.close();
  }

  /** Collects options, then starts. */
  public static final class Builder {
    private final Path home;
    private final Map<String, String> options = new LinkedHashMap<>();
    private String keyType = "ed25519";
    private String passphrase = "";
    private int port;

    private Builder(Path home) {
      this.home = home.toAbsolutePath();
      options.put("ListenAddress", "127.0.0.1");
      options.put("PidFile", "none");
      options.put("StrictModes", "no");
      options.put("UsePAM", "no");
      options.put("UseDNS", "no");
      options.put("KbdInteractiveAuthentication", "no");
      options.put("PasswordAuthentication", "yes");
      options.put("MaxStartups", "200");
      options.put("LogLevel", "VERBOSE");
    }

    /** Sessions in one connection; one more is refused. OpenSSH's own default is 10. */
    public Builder maxSessions(int sessions) {
      return option("MaxSessions", Integer.toString(sessions));
    }

    /** Connections that have not yet logged in; one more is dropped without a word. */
    public Builder maxStartups(int connections) {
      return option("MaxStartups", Integer.toString(connections));
    }

    /** Passwords are refused. */
    public Builder keyLoginOnly() {
      return option("PasswordAuthentication", "no");
    }

    /** Of the user's key: {@code ed25519}, {@code ecdsa} or {@code rsa}. */
    public Builder keyType(String type) {
      keyType = type;
      return this;
    }

    /** Encrypts the user's private key. */
    public Builder passphrase(String secret) {
      passphrase = secret;
      return this;
    }

    /** A fixed port, to come back in the same place with another host key; otherwise a free one. */
    public Builder port(int fixed) {
      port = fixed;
      return this;
    }

    /** Any option of sshd_config(5); replaces the default. */
    public Builder option(String key, String value) {
      options.put(key, value);
      return this;
    }

    /**
     * Starts, and returns when it answers.
     *
     * @throws IllegalStateException if sshd does not start; the message has its own words
     */
    public OpenSshServer start() throws IOException {
      Owner owner = Owner.choose();
      owner.own(home);
      String output = "";
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int chosen = port != 0 ? port : FreePort.find();
        OpenSshServer server = launch(chosen, owner);
        if (server.daemon.answers(chosen, Builder::greets)) {
          return server;
        }
        output = server.output();
        server.close();
      }
      throw new IllegalStateException("Cannot start sshd for " + home + ": " + output);
    }

    private OpenSshServer launch(int chosen, Owner owner) throws IOException {
      Path folder = Daemon.newFolder("sshd");
      SshKeys keys = SshKeys.make(folder, keyType, passphrase);
      String sftp = "internal-sftp -d " + home;
      StringBuilder lines = new StringBuilder();
      lines.append("Port ").append(chosen).append('\n');
      lines.append("HostKey ").append(keys.host()).append('\n');
      lines.append("AuthorizedKeysFile ").append(keys.authorized()).append('\n');
      lines.append("Subsystem sftp ").append(sftp).append('\n');
      lines.append("ForceCommand ").append(sftp).append('\n');
      options.forEach((key, value) -> lines.append(key).append(' ').append(value).append('\n'));
      Path configuration = Files.writeString(folder.resolve("sshd_config"), lines);

      List<String> command = new ArrayList<>();
      if (owner.root()) {
        command.addAll(
            List.of(
                "setpriv", "--reuid=" + owner.uid(), "--regid=" + owner.gid(), "--clear-groups"));
      }
      // Its own log file: sshd's sandbox forbids to write to one that is its standard error.
      command.addAll(
          List.of(
              Daemon.program("sshd").toString(),
              "-D",
              "-E",
              folder.resolve("output").toString(),
              "-f",
              configuration.toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      NssWrapper.user(USER, owner, home, folder, builder.environment());
      owner.own(folder);
      return new OpenSshServer(home, chosen, owner, keys, Daemon.start(folder, builder));
    }

    private static boolean greets(Socket socket) throws IOException {
      return new String(socket.getInputStream().readNBytes(8), US_ASCII).equals("SSH-2.0-");
    }
  }
}

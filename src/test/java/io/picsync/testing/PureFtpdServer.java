package io.picsync.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The real Pure-FTPd; it knows one user, from a database of its own. It locks every user in, which
 * only root can do: it is there only for tests that run as root.
 */
public final class PureFtpdServer extends FtpDaemon {
  private PureFtpdServer(Builder built, int port, Owner owner, Daemon daemon) {
    super(built, port, owner, daemon);
  }

  public static Builder at(Path home) {
    return new Builder(home);
  }

  @Override
  public String user() {
    return "picsync";
  }

  /** The defaults are Pure-FTPd's own, with its limit of listings; the others are lifted. */
  public static final class Builder extends FtpDaemonBuilder<Builder, PureFtpdServer> {
    private Builder(Path home) {
      super(home, "pure-ftpd");
      option("--maxclientsperip", "1000");
      option("--maxclientsnumber", "1000");
      option("--minuid", "1");
      option("--umask", "133:022");
    }

    @Override
    Builder self() {
      return this;
    }

    /** Connections beyond this many are greeted with 421. */
    public Builder maxPerIp(int connections) {
      return option("--maxclientsperip", Integer.toString(connections));
    }

    /** Whole minutes. */
    public Builder idleTimeout(Duration idle) {
      return option("--maxidletime", Long.toString(idle.toMinutes()));
    }

    /** Listings end after this many names; Pure-FTPd's own default is 10,000. */
    public Builder listingLimit(int names) {
      return option("--limitrecursion", names + ":5");
    }

    /** The user may have this many files and megabytes; Pure-FTPd counts both itself. */
    public Builder quota(int files, int megabytes) {
      return option("--quota", files + ":" + megabytes);
    }

    /** STOR and RNTO onto an existing name take another one, {@code NAME.1}. */
    public Builder autoRename() {
      return option("--autorename", "");
    }

    @Override
    PureFtpdServer launch(int chosen, Owner owner) throws IOException {
      Path folder = Daemon.newFolder("pure-ftpd");
      Path database = folder.resolve("users.pdb");
      // home/./ locks in; the rest of the fields are limits of this user
      Path users =
          Files.writeString(
              folder.resolve("users"),
              "picsync:%s:%d:%d::%s/./::::::::::::\n"
                  .formatted(UnixPassword.SECRET, owner.uid(), owner.gid(), home));
      Daemon.run(
          Daemon.program("pure-pw").toString(),
          "mkdb",
          database.toString(),
          "-f",
          users.toString());
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of(
              Daemon.program("pure-ftpd").toString(),
              "--ipv4only",
              "--chrooteveryone",
              "--noanonymous",
              "--dontresolve"));
      command.addAll(List.of("--bind", "127.0.0.1," + chosen));
      command.addAll(List.of("--login", "puredb:" + database));
      command.addAll(List.of("--pidfile", folder.resolve("pid").toString()));
      options.forEach(
          (key, value) -> {
            command.add(key);
            if (!value.isEmpty()) {
              command.add(value);
            }
          });
      ProcessBuilder builder = new ProcessBuilder(command);
      if (tls != null) {
        Path pem = tls.certificate().writePem(folder.resolve("tls.pem"));
        command.addAll(List.of("--tls", "3", "--certfile", pem.toString()));
        tls.writeOpenSslConf(folder.resolve("openssl.cnf"), builder);
      }
      return new PureFtpdServer(this, chosen, owner, Daemon.start(folder, builder));
    }
  }
}

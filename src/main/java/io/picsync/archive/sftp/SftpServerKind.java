package io.picsync.archive.sftp;

import io.picsync.archive.NativeCiphers;
import io.picsync.archive.Server;
import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerKind;
import io.picsync.archive.TemporaryNames;
import io.picsync.settings.SettingsException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SFTP servers: {@code sftp://host:22/folder?connectTimeout=5000}, with those options of
 * camel-ftp's sftp component that say how to connect.
 */
public final class SftpServerKind implements ServerKind {
  private static final Logger LOG = LoggerFactory.getLogger(SftpServerKind.class);

  @Override
  public Set<String> schemes() {
    return Set.of("sftp");
  }

  @Override
  public Set<String> keys() {
    return Set.of(
        "username",
        "password",
        "password-file",
        "private-key",
        "private-key-passphrase",
        "private-key-passphrase-file",
        "known-hosts",
        "host-key",
        "connections",
        "back-off",
        "bandwidth",
        "time-zone");
  }

  @Override
  public void validate(ServerConfig config) {
    if (config.uri().getHost() == null) {
      throw new SettingsException(
          "%s=%s names no host; sftp://HOST:PORT/FOLDER is wanted."
              .formatted(config.key("uri"), config.uri()));
    }
    SftpLogin.of(config, SftpOptions.of(config));
    config.connections();
    config.backOff();
  }

  @Override
  public Server open(ServerConfig config, TemporaryNames names) {
    SftpOptions options = SftpOptions.of(config);
    SftpLogin login = SftpLogin.of(config, options);
    if (login.trust() instanceof HostKeyTrust.Unverified) {
      LOG.warn(
          "Whoever answers is taken for the server: its host key is not verified. server={} key={}",
          config.name(),
          config.key("host-key"));
    }
    NativeCiphers.use();
    SftpSessionFactory sessions =
        new SftpSessionFactory(
            config.name(),
            config.uri().getHost(),
            config.uri().getPort() < 0 ? 22 : config.uri().getPort(),
            login,
            options,
            config.folder());
    return new SftpServer(config, sessions, names);
  }
}

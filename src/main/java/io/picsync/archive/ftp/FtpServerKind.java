package io.picsync.archive.ftp;

import io.picsync.archive.Server;
import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerKind;
import io.picsync.archive.TemporaryNames;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** FTP servers: {@code ftp://host:21/folder?timeout=60000}, with camel-ftp's options. */
public final class FtpServerKind implements ServerKind {
  private static final int PORT = 21;

  private final CamelContext context;

  public FtpServerKind(CamelContext context) {
    this.context = context;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("ftp");
  }

  @Override
  public Set<String> keys() {
    return FtpEndpoints.KEYS;
  }

  @Override
  public void validate(ServerConfig config) {
    FtpEndpoints.validate(config, options());
  }

  @Override
  public Server open(ServerConfig config, TemporaryNames names) {
    return new FtpServer(
        config,
        new FtpSessionFactory(
            config.name(),
            FtpEndpoints.endpoint(context, config, PORT, FtpEndpoints.options(config, options())),
            config.password(),
            config.folder(),
            null),
        names);
  }

  private static Set<String> options() {
    Set<String> options = new TreeSet<>(FtpEndpoints.OPTIONS);
    options.add("activePortRange");
    return options;
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.NativeCiphers;
import io.picsync.archive.Server;
import io.picsync.archive.ServerConfig;
import io.picsync.archive.ServerKind;
import io.picsync.archive.TemporaryNames;
import io.picsync.settings.SettingsException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FTP servers under TLS (RFC 4217): {@code ftps://host:21/folder}, or {@code
 * ftps://host:990/folder?implicit=true} without AUTH. Data connections are always protected (PROT
 * P), so camel-ftp's options for that are not known here; nor are its key stores, whose passwords
 * would stand in the URI.
 */
public final class FtpsServerKind implements ServerKind {
  private static final Logger LOG = LoggerFactory.getLogger(FtpsServerKind.class);
  private static final int PORT = 21;
  private static final int IMPLICIT_PORT = 990;
  private static final Set<String> PROTOCOLS = Set.of("TLS", "TLSv1.2", "TLSv1.3");

  private final CamelContext context;

  public FtpsServerKind(CamelContext context) {
    this.context = context;
  }

  @Override
  public Set<String> schemes() {
    return Set.of("ftps");
  }

  @Override
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(FtpEndpoints.KEYS);
    keys.addAll(TlsOptions.KEYS);
    return keys;
  }

  @Override
  public void validate(ServerConfig config) {
    FtpEndpoints.validate(config, known());
    Object protocol = options(config).getOrDefault("securityProtocol", "TLS");
    if (!PROTOCOLS.contains(protocol)) {
      throw new SettingsException(
          "%s: securityProtocol=%s is not spoken here; the highest version is named, %s."
              .formatted(config.key("uri"), protocol, new TreeSet<>(PROTOCOLS)));
    }
    TlsOptions.of(config);
  }

  @Override
  public Server open(ServerConfig config, TemporaryNames names) {
    TlsOptions tls = TlsOptions.of(config);
    if (!tls.verified()) {
      LOG.warn(
          "Anybody may pass for this server and read its password: {}=false. server={}",
          config.key("tls-verify"),
          config.name());
    }
    NativeCiphers.use();
    Map<String, Object> options = options(config);
    boolean implicit = Boolean.parseBoolean(String.valueOf(options.get("implicit")));
    return new FtpServer(
        config,
        new FtpSessionFactory(
            config.name(),
            FtpEndpoints.endpoint(context, config, implicit ? IMPLICIT_PORT : PORT, options),
            config.password(),
            config.folder(),
            tls.trust()),
        names);
  }

  private static Map<String, Object> options(ServerConfig config) {
    return FtpEndpoints.options(config, known());
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(FtpEndpoints.OPTIONS);
    known.addAll(Set.of("implicit", "securityProtocol"));
    return known;
  }
}

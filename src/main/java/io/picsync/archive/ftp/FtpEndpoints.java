package io.picsync.archive.ftp;

import io.picsync.archive.ServerConfig;
import io.picsync.settings.SettingsException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.remote.FtpComponent;
import org.apache.camel.component.file.remote.FtpEndpoint;
import org.apache.camel.util.URISupport;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.jspecify.annotations.Nullable;

/**
 * camel-ftp's endpoints from a server's URI, with those options of camel-ftp that say how to
 * connect; the others say how to poll or write.
 */
final class FtpEndpoints {
  /** The keys of {@code picsync.server.NAME.} that every FTP server has. */
  static final Set<String> KEYS =
      Set.of(
          "username",
          "password",
          "password-file",
          "connections",
          "back-off",
          "bandwidth",
          "time-zone");

  /** The options that mean the same for ftp: and ftps:. */
  static final Set<String> OPTIONS =
      Set.of(
          "account",
          "connectTimeout",
          "maximumReconnectAttempts",
          "passiveMode",
          "receiveBufferSize",
          "reconnectDelay",
          "siteCommand",
          "soTimeout",
          "timeout");

  private static final String CLIENT_OPTIONS = "ftpClient.";

  /** What pictures need where camel-ftp's defaults are made for text and patience. */
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "passiveMode", true,
          "connectTimeout", 10_000,
          "soTimeout", 60_000,
          "timeout", 60_000,
          "maximumReconnectAttempts", 0,
          "ftpClient.controlEncoding", "UTF-8");

  private FtpEndpoints() {}

  /**
   * The password is set by who connects, never in the URI: URIs are shown in logs and JMX. The
   * endpoint is this server's own: the context would give two accounts of one host the same.
   *
   * @param port where the URI names none
   */
  @SuppressWarnings("unchecked")
  static FtpEndpoint<FTPFile> endpoint(
      CamelContext context, ServerConfig config, int port, Map<String, Object> options) {
    URI uri = config.uri();
    // Camel finds no host in an address of IPv6
    String address = config.scheme() + ":localhost:" + (uri.getPort() < 0 ? port : uri.getPort());
    FtpEndpoint<FTPFile> endpoint;
    try {
      endpoint =
          (FtpEndpoint<FTPFile>)
              context
                  .getComponent(config.scheme(), FtpComponent.class)
                  .createEndpoint(URISupport.appendParametersToURI(address, options));
    } catch (Exception e) {
      throw new SettingsException(
          "%s=%s is not accepted: %s".formatted(config.key("uri"), uri, rootMessage(e)), e);
    }
    endpoint.getConfiguration().setHost(uri.getHost());
    endpoint.getConfiguration().setBinary(true);
    endpoint.getConfiguration().setUsername(config.username().orElse(null));
    return endpoint;
  }

  /** Reads what every FTP server has, so that what can't be used is told. */
  static void validate(ServerConfig config, Set<String> known) {
    if (config.uri().getHost() == null) {
      throw new SettingsException(
          "%s=%s names no host; %s://HOST:PORT/FOLDER is wanted."
              .formatted(config.key("uri"), config.uri(), config.scheme()));
    }
    options(config, known);
    config.password();
    config.connections();
    config.backOff();
  }

  /**
   * Those of the URI, with the defaults.
   *
   * @param known besides those of commons-net's client
   */
  static Map<String, Object> options(ServerConfig config, Set<String> known) {
    Map<String, Object> options = new TreeMap<>(DEFAULTS);
    Map<String, Object> given;
    try {
      given = URISupport.parseQuery(config.uri().getRawQuery());
    } catch (Exception e) {
      throw new SettingsException(
          "%s=%s: its options can't be read: %s."
              .formatted(config.key("uri"), config.uri(), e.getMessage()),
          e);
    }
    for (Map.Entry<String, Object> option : given.entrySet()) {
      String key = option.getKey();
      if (!known.contains(key) && !isClientOption(key)) {
        throw new SettingsException(
            "%s: the option '%s' does nothing for an archive. The options are %s and %s*."
                .formatted(config.key("uri"), key, new TreeSet<>(known), CLIENT_OPTIONS));
      }
      options.put(key, option.getValue());
    }
    return options;
  }

  /** Camel passes over those that the client has no setter for. */
  private static boolean isClientOption(String key) {
    return key.startsWith(CLIENT_OPTIONS)
        && Arrays.stream(FTPClient.class.getMethods())
            .anyMatch(
                method ->
                    method.getParameterCount() == 1
                        && method
                            .getName()
                            .equalsIgnoreCase("set" + key.substring(CLIENT_OPTIONS.length())));
  }

  private static @Nullable String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}

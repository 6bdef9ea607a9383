package io.picsync.archive;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.net.URI;
import java.nio.file.Path;
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

/** The configured servers of a runtime, each opened when it is first used. Thread-safe. */
public final class Servers implements AutoCloseable {
  /** Of camel-ftp's options those that say how to connect; the others say how to poll or write. */
  private static final Set<String> FTP_OPTIONS =
      Set.of(
          "account",
          "activePortRange",
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
  private static final Map<String, Object> FTP_DEFAULTS =
      Map.of(
          "passiveMode", true,
          "connectTimeout", 10_000,
          "soTimeout", 60_000,
          "timeout", 60_000,
          "maximumReconnectAttempts", 0,
          "ftpClient.controlEncoding", "UTF-8");

  private final CamelContext context;
  private final Settings settings;
  private final Map<String, Server> open = new TreeMap<>();

  /** Reads all servers' settings, so that a bad one is told at start. */
  public Servers(CamelContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    for (String name : ServerConfig.names(settings)) {
      options(ServerConfig.read(settings, name));
    }
  }

  /**
   * @throws SettingsException when no server has that name
   */
  public synchronized Server get(String name) {
    return open.computeIfAbsent(name, this::open);
  }

  private Server open(String name) {
    ServerConfig config = ServerConfig.read(settings, name);
    if (config.isFile()) {
      return new FileServer(name, folder(config.uri()));
    }
    return new FtpServer(
        name,
        address(config.uri()),
        new FtpSessionFactory(name, endpoint(config), ftpFolder(config.uri())),
        config.connections());
  }

  private static Path folder(URI uri) {
    String path = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
    return Path.of(path.isEmpty() ? "/" : path).toAbsolutePath().normalize();
  }

  private static String address(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    return "ftp://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
  }

  /** {@code ftp://host/a} is below the login folder, {@code ftp://host//a} is absolute. */
  private static String ftpFolder(URI uri) {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String below = path.startsWith("/") ? path.substring(1) : path;
    while (below.length() > 1 && below.endsWith("/")) {
      below = below.substring(0, below.length() - 1);
    }
    return below;
  }

  /**
   * The password is set on the endpoint, never in its URI: URIs are shown in logs and JMX. The
   * endpoint is this server's own: the context would give two accounts of one host the same.
   */
  @SuppressWarnings("unchecked")
  private FtpEndpoint<FTPFile> endpoint(ServerConfig config) {
    URI uri = config.uri();
    String address = "ftp:" + uri.getHost() + ":" + (uri.getPort() < 0 ? 21 : uri.getPort());
    FtpEndpoint<FTPFile> endpoint;
    try {
      endpoint =
          (FtpEndpoint<FTPFile>)
              context
                  .getComponent("ftp", FtpComponent.class)
                  .createEndpoint(URISupport.appendParametersToURI(address, options(config)));
    } catch (Exception e) {
      throw new SettingsException(
          "picsync.server.%s.uri=%s is not accepted: %s"
              .formatted(config.name(), uri, rootMessage(e)),
          e);
    }
    endpoint.getConfiguration().setBinary(true);
    endpoint.getConfiguration().setUsername(config.username());
    endpoint
        .getConfiguration()
        .setPassword(config.password() == null ? "" : config.password().reveal());
    return endpoint;
  }

  private static Map<String, Object> options(ServerConfig config) {
    Map<String, Object> options = new TreeMap<>(FTP_DEFAULTS);
    if (config.isFile()) {
      return options;
    }
    Map<String, Object> given;
    try {
      given = URISupport.parseQuery(config.uri().getRawQuery());
    } catch (Exception e) {
      throw new SettingsException(
          "picsync.server.%s.uri=%s: its options can't be read: %s."
              .formatted(config.name(), config.uri(), e.getMessage()),
          e);
    }
    for (Map.Entry<String, Object> option : given.entrySet()) {
      String key = option.getKey();
      if (!FTP_OPTIONS.contains(key) && !isClientOption(key)) {
        throw new SettingsException(
            "picsync.server.%s.uri: the option '%s' does nothing for an archive. The options are %s and %s*."
                .formatted(config.name(), key, new TreeSet<>(FTP_OPTIONS), CLIENT_OPTIONS));
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

  @Override
  public synchronized void close() {
    open.values().forEach(Server::close);
    open.clear();
  }
}

package io.picsync.demo;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.impl.DefaultFtpRequest;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.message.MessageResource;
import org.apache.ftpserver.message.MessageResourceFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * An FTP server inside this process, on 127.0.0.1 and a free port, for the demo and for tests. One
 * user, who may write; nothing is kept but the files below the home folder. Safe for any thread.
 */
public final class EmbeddedFtpServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final FtpServer server;
  private final int port;
  private final boolean tls;

  private EmbeddedFtpServer(FtpServer server, int port, boolean tls) {
    this.server = server;
    this.port = port;
    this.tls = tls;
  }

  /**
   * Starts a server with all commands and up to 200 logins.
   *
   * @throws IOException when the home is no folder or no port can be had
   */
  public static EmbeddedFtpServer start(Path home, String user, String password)
      throws IOException {
    return at(home).user(user, password).start();
  }

  /** Begins the description of a server whose root is this folder. */
  public static Builder at(Path home) {
    return new Builder(home);
  }

  public int port() {
    return port;
  }

  /** {@code ftp://127.0.0.1:PORT}, or {@code ftps:}, without credentials. */
  public String uri() {
    return (tls ? "ftps://" : "ftp://") + HOST + ":" + port;
  }

  /** Stops listening and drops all connections, transfers under way included. */
  @Override
  public void close() {
    server.stop();
  }

  /** What a server offers. The user is {@code demo} with the password {@code demo} if not named. */
  public static final class Builder {
    private final Path home;
    private String user = "demo";
    private String password = "demo";
    private Set<String> disabled = Set.of();
    private int maxLogins = 200;
    private Duration idleTimeout = Duration.ofMinutes(5);
    private @Nullable ServerTls tls;

    private Builder(Path home) {
      this.home = home;
    }

    public Builder user(String name, String password) {
      this.user = name;
      this.password = password;
      return this;
    }

    /** Emulates a lesser server: these commands answer 502 and FEAT does not name them. */
    public Builder without(String... commands) {
      this.disabled =
          Stream.of(commands)
              .map(command -> command.toUpperCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    /** So many may be logged in at once; USER of one more is answered with 421. */
    public Builder maxLogins(int logins) {
      this.maxLogins = logins;
      return this;
    }

    /**
     * Speaks TLS with this key and its certificates.
     *
     * @param implicit from the first byte, else after AUTH TLS
     */
    public Builder tls(KeyStore key, String keyPassword, boolean implicit) {
      this.tls = new ServerTls(key, keyPassword, implicit);
      return this;
    }

    /** After so many whole seconds without a command the server closes a connection. */
    public Builder idleTimeout(Duration timeout) {
      this.idleTimeout = timeout;
      return this;
    }

    /**
     * Starts the server; it accepts connections when this returns.
     *
     * @throws IOException when the home is no folder or no port can be had
     */
    public EmbeddedFtpServer start() throws IOException {
      if (!Files.isDirectory(home)) {
        throw new NotDirectoryException(home.toString());
      }
      silence("org.apache.ftpserver");
      silence("org.apache.mina");
      int idleSeconds = Math.toIntExact(Math.max(1, idleTimeout.toSeconds()));
      Listener listener = listener(idleSeconds);
      FtpServerFactory factory = new FtpServerFactory();
      factory.addListener("default", listener);
      factory.setUserManager(new OneUser(user, password, home, maxLogins, idleSeconds));
      factory.setConnectionConfig(connections().createConnectionConfig());
      CommandFactory commands = commands();
      factory.setCommandFactory(name -> disabled.contains(name) ? null : commands.getCommand(name));
      factory.setMessageResource(
          new Messages(new MessageResourceFactory().createMessageResource(), disabled));
      FtpServer server = factory.createServer();
      try {
        server.start();
      } catch (FtpException | RuntimeException e) {
        server.stop();
        throw new IOException("Starting an FTP server on " + HOST + " failed: " + e, e);
      }
      return new EmbeddedFtpServer(server, listener.getPort(), tls != null);
    }

    /**
     * The library passes over dot names unless asked. RFC 3659 knows no hidden names in MLSD, and
     * after LIST -a the line for the folder itself is missing, by which it is known to work.
     */
    private static CommandFactory commands() {
      CommandFactoryFactory factory = new CommandFactoryFactory();
      for (String verb : List.of("LIST", "MLSD")) {
        Command listing = factory.createCommandFactory().getCommand(verb);
        factory.addCommand(
            verb,
            (session, context, request) -> {
              String folder = request.hasArgument() ? " " + request.getArgument() : "";
              listing.execute(session, context, new DefaultFtpRequest(verb + " -a" + folder));
            });
      }
      return factory.createCommandFactory();
    }

    private Listener listener(int idleSeconds) throws IOException {
      DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
      data.setIdleTime(idleSeconds);
      data.setPassiveAddress(HOST);
      data.setPassivePorts("0");
      ListenerFactory factory = new ListenerFactory();
      if (tls != null) {
        data.setSslConfiguration(tls.configuration());
        data.setImplicitSsl(tls.implicit());
        factory.setSslConfiguration(tls.configuration());
        factory.setImplicitSsl(tls.implicit());
      }
      factory.setServerAddress(HOST);
      factory.setPort(0);
      factory.setIdleTimeout(idleSeconds);
      factory.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
      return factory.createListener();
    }

    /** A transfer holds its thread, so a full house needs some more to refuse the next guest. */
    private ConnectionConfigFactory connections() {
      ConnectionConfigFactory factory = new ConnectionConfigFactory();
      factory.setAnonymousLoginEnabled(false);
      factory.setMaxLogins(maxLogins);
      factory.setMaxThreads(maxLogins + 8);
      factory.setLoginFailureDelay(0);
      return factory;
    }

    /** The library logs each command; whoever wants that sets the level in the configuration. */
    private static void silence(String name) {
      if (LoggerFactory.getLogger(name) instanceof ch.qos.logback.classic.Logger logger
          && logger.getLevel() == null) {
        logger.setLevel(Level.OFF);
      }
    }
  }

  /** The library's replies, but FEAT (RFC 2389) names only what there is. */
  private record Messages(MessageResource all, Set<String> disabled) implements MessageResource {

    @Override
    public List<String> getAvailableLanguages() {
      return all.getAvailableLanguages();
    }

    @Override
    public String getMessage(int code, String command, String language) {
      String message = all.getMessage(code, command, language);
      if (code != 211 || !"FEAT".equals(command)) {
        return message;
      }
      return message.lines().filter(line -> !isDisabled(line)).collect(Collectors.joining("\n"));
    }

    @Override
    public Map<String, String> getMessages(String language) {
      return all.getMessages(language);
    }

    /** RFC 3659 has MLST in FEAT speak for MLSD too. */
    private boolean isDisabled(String line) {
      String feature = line.strip().split(" ")[0];
      return disabled.contains(feature) || (feature.equals("MLST") && disabled.contains("MLSD"));
    }
  }
}

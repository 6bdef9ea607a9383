package io.picsync.archive;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The configured servers of a runtime, each opened when it is first used. Thread-safe. */
public final class Servers implements AutoCloseable {
  private final List<ServerKind> kinds;
  private final Settings settings;
  private final TemporaryNames names;
  private final Set<String> keys;
  private final InstantSource clock;
  private final Map<String, Server> open = new TreeMap<>();
  private final Map<String, Archive> archives = new TreeMap<>();
  private final Map<String, Bandwidth> bandwidths = new TreeMap<>();

  /** Reads all servers' settings, so that a bad one is told at start. */
  public Servers(
      List<ServerKind> kinds, Settings settings, TemporaryNames names, InstantSource clock) {
    this.kinds = List.copyOf(kinds);
    this.settings = settings;
    this.names = names;
    this.clock = clock;
    this.keys = kinds.stream().flatMap(kind -> kind.keys().stream()).collect(Collectors.toSet());
    for (String name : ServerConfig.names(settings, keys)) {
      ServerConfig config = ServerConfig.read(settings, name, keys);
      kind(config).validate(config);
      bandwidths.put(name, new Bandwidth(config.bandwidth(), clock));
    }
  }

  /**
   * @throws SettingsException when no server has that name
   */
  public synchronized Server get(String name) {
    return open.computeIfAbsent(
        name,
        key -> {
          ServerConfig config = ServerConfig.read(settings, key, keys);
          return kind(config).open(config, names);
        });
  }

  /**
   * One object for each archive, so that all its syncs know when it is full.
   *
   * @throws SettingsException when no server has that name
   */
  synchronized Archive archive(String name, String folder) {
    return archives.computeIfAbsent(
        Location.join(name, folder),
        key -> new Archive(get(name), folder, new Space(clock), bandwidth(name)));
  }

  /**
   * How fast pictures may come from a server and go to it.
   *
   * @throws SettingsException when no server has that name
   */
  public Bandwidth bandwidth(String name) {
    Bandwidth bandwidth = bandwidths.get(name);
    if (bandwidth == null) {
      throw new SettingsException("No server is called '%s'.".formatted(name));
    }
    return bandwidth;
  }

  /** How a server is just now; one that nobody used yet is not opened for it. */
  public synchronized ServerState state(String name) {
    Server server = open.get(name);
    return server == null
        ? ServerState.unused(ServerConfig.read(settings, name, keys).connections())
        : server.state();
  }

  /** Of all that are configured. */
  public SortedSet<String> names() {
    return ServerConfig.names(settings, keys);
  }

  /** Those that these servers' stores are given. */
  public TemporaryNames temporaryNames() {
    return names;
  }

  private ServerKind kind(ServerConfig config) {
    ServerKind kind =
        kinds.stream()
            .filter(candidate -> candidate.schemes().contains(config.scheme()))
            .findFirst()
            .orElseThrow(
                () ->
                    new SettingsException(
                        "%s=%s: %s servers are supported, '%s' is not."
                            .formatted(
                                config.key("uri"), config.uri(), schemes(), config.scheme())));
    for (String option : config.options()) {
      if (!option.equals("uri") && !kind.keys().contains(option)) {
        throw new SettingsException(
            "%s does nothing for a %s: server. Beside uri its keys are %s."
                .formatted(config.key(option), config.scheme(), new TreeSet<>(kind.keys())));
      }
    }
    return kind;
  }

  /** {@code file:, ftp: and sftp:}. */
  private String schemes() {
    List<String> all =
        kinds.stream()
            .flatMap(kind -> kind.schemes().stream())
            .sorted()
            .map(scheme -> scheme + ":")
            .toList();
    return String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.get(all.size() - 1);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(Server::close);
    open.clear();
    archives.clear();
  }
}

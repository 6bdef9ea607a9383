package io.picsync.archive;

import io.picsync.settings.Rate;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.settings.Timetable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The configured servers of a runtime, each opened when it is first used. Thread-safe. */
public final class Servers implements AutoCloseable {
  private final List<ServerKind> kinds;
  private final TemporaryNames names;
  private final Set<String> keys;
  private final InstantSource clock;
  private final Map<String, Server> open = new TreeMap<>();
  private final Map<String, Archive> archives = new TreeMap<>();
  private final Map<String, Bandwidth> bandwidths = new ConcurrentHashMap<>();
  private volatile Settings settings;

  /** Reads all servers' settings, so that a bad one is told at start. */
  public Servers(
      List<ServerKind> kinds, Settings settings, TemporaryNames names, InstantSource clock) {
    this.kinds = List.copyOf(kinds);
    this.settings = settings;
    this.names = names;
    this.clock = clock;
    this.keys = kinds.stream().flatMap(kind -> kind.keys().stream()).collect(Collectors.toSet());
    for (ServerConfig config : read(settings)) {
      bandwidths.put(config.name(), new Bandwidth(config.bandwidth(), clock));
    }
  }

  private List<ServerConfig> read(Settings wanted) {
    List<ServerConfig> configs = new ArrayList<>();
    for (String name : ServerConfig.names(wanted, keys)) {
      ServerConfig config = ServerConfig.read(wanted, name, keys);
      kind(config).validate(config);
      configs.add(config);
    }
    return configs;
  }

  /** Others of the same kinds, to try settings with; to be closed. */
  public Servers tryOut(Settings wanted) {
    return new Servers(kinds, wanted, names, clock);
  }

  /** What {@link #change} would make other. */
  public ServersChange difference(Settings wanted) {
    return ServersChange.between(settings, wanted, keys);
  }

  /**
   * Other settings are in force from now on. Servers that are other otherwise than in their limits
   * are closed, and opened anew when they are used next: no run should be under way there.
   *
   * @throws SettingsException when one can't be used; nothing is changed then
   */
  public synchronized void change(Settings wanted) {
    List<ServerConfig> configs = read(wanted);
    Settings before = settings;
    ServersChange change = difference(wanted);
    settings = wanted;
    for (ServerConfig config : configs) {
      limitBandwidth(config, before);
      if (change.limited().contains(config.name())) {
        limitConnections(config, before);
      }
    }
    change.removed().forEach(this::remove);
    for (ServerConfig config : configs) {
      if (change.renewed().contains(config.name())) {
        renew(config, before);
      }
    }
  }

  private void limitBandwidth(ServerConfig config, Settings before) {
    Bandwidth known = bandwidths.get(config.name());
    if (known == null) {
      bandwidths.put(config.name(), new Bandwidth(config.bandwidth(), clock));
    } else if (config.differs(before, "bandwidth") || config.differs(before, "time-zone")) {
      known.follow(config.bandwidth());
    }
  }

  private void limitConnections(ServerConfig config, Settings before) {
    Server server = open.get(config.name());
    if (server != null && config.differs(before, "connections")) {
      server.setConnections(config.connections());
    }
  }

  /** What an operator set over JMX goes on to hold, unless that key was edited. */
  private void renew(ServerConfig config, Settings before) {
    ServerConfig old = ServerConfig.read(before, config.name(), keys);
    int asked = state(config.name()).configured();
    boolean wasSet = asked != 0 && asked != old.connections();
    forget(config.name());
    if (wasSet
        && !config.differs(before, "connections")
        && kind(config).keys().contains("connections")) {
      get(config.name()).setConnections(asked);
    }
  }

  /** One of the same name that comes back begins without a bandwidth, also one set over JMX. */
  private void remove(String name) {
    forget(name);
    bandwidths.computeIfPresent(
        name,
        (key, known) -> {
          known.follow(Timetable.always(Rate.UNLIMITED));
          return known;
        });
  }

  private void forget(String name) {
    Server old = open.remove(name);
    archives.values().stream()
        .filter(archive -> archive.isOn(name))
        .forEach(archive -> archive.forget(new Space(clock)));
    if (old != null) {
      old.close();
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
    get(name);
    return archives.computeIfAbsent(
        Location.join(name, folder),
        key -> new Archive(this, name, folder, new Space(clock), bandwidth(name)));
  }

  /**
   * How fast pictures may come from a server and go to it.
   *
   * @throws SettingsException when no server has that name
   */
  public Bandwidth bandwidth(String name) {
    Bandwidth bandwidth = bandwidths.get(name);
    if (bandwidth == null || !names().contains(name)) {
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
            .orElseThrow(() -> new SettingsException(unknownKind(config)));
    for (String option : config.options()) {
      if (!option.equals("uri") && !kind.keys().contains(option)) {
        throw new SettingsException(
            "%s does nothing for a %s: server. Beside uri its keys are %s."
                .formatted(config.key(option), config.scheme(), new TreeSet<>(kind.keys())));
      }
    }
    return kind;
  }

  private String unknownKind(ServerConfig config) {
    String told = config.key("uri") + "=" + config.uri();
    return config.scheme().isEmpty()
        ? told + ": file:/FOLDER is wanted for a folder here, ftp://HOST/FOLDER for a server."
        : "%s: %s servers are supported, '%s' is not.".formatted(told, schemes(), config.scheme());
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

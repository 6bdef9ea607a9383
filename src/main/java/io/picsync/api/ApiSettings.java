package io.picsync.api;

import io.picsync.archive.Secret;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the API listens and who may ask it.
 *
 * @param isLoopback whether only this machine reaches the address; looked up once, at the start
 * @param hosts names besides the address and {@code localhost} that it goes by, in lower case
 * @param reader needed to read; where there is none, anybody of this machine may
 * @param operator needed to change; where there is none, nobody may
 * @param tls empty for plain HTTP
 * @param requests the most that are answered at once
 */
public record ApiSettings(
    String address,
    boolean isLoopback,
    int port,
    Set<String> hosts,
    Optional<Secret> reader,
    Optional<Secret> operator,
    Optional<Tls> tls,
    int requests) {
  static final String ENABLED = "picsync.api.enabled";
  static final String ADDRESS = "picsync.api.address";
  public static final String PORT = "picsync.api.port";
  static final String HOSTS = "picsync.api.hosts";
  static final String READER = "picsync.api.reader.password";
  public static final String OPERATOR = "picsync.api.operator.password";
  static final String CERTIFICATE = "picsync.api.tls-certificate";
  static final String KEY = "picsync.api.tls-key";
  static final String REQUESTS = "picsync.api.requests";

  /** All of them. */
  public static final Set<String> KEYS =
      Set.of(
          ENABLED,
          ADDRESS,
          PORT,
          HOSTS,
          READER,
          READER + "-file",
          OPERATOR,
          OPERATOR + "-file",
          CERTIFICATE,
          KEY,
          REQUESTS);

  private static final int SHORTEST = 8;

  /** PEM files. */
  public record Tls(Path certificate, Path key) {}

  public ApiSettings {
    hosts = Set.copyOf(hosts);
  }

  /**
   * @param home relative files are below it
   * @return empty when the API is switched off
   * @throws SettingsException when it would listen beyond this machine without a password
   */
  public static Optional<ApiSettings> read(Settings settings, Path home) {
    String enabled = settings.text(ENABLED, "true").toLowerCase(Locale.ROOT);
    if (!enabled.equals("true") && !enabled.equals("false")) {
      throw new SettingsException("%s=%s: true or false is wanted.".formatted(ENABLED, enabled));
    }
    if (enabled.equals("false")) {
      return Optional.empty();
    }
    String address = settings.text(ADDRESS, "127.0.0.1");
    ApiSettings api =
        new ApiSettings(
            address,
            isLoopback(address),
            port(settings),
            hosts(settings),
            password(settings, READER),
            password(settings, OPERATOR),
            tls(settings, home),
            settings.count(REQUESTS, 64, 1));
    api.refuseOpenDoors();
    return Optional.of(api);
  }

  private static int port(Settings settings) {
    int port = settings.count(PORT, 8585, 0);
    if (port > 65535) {
      throw new SettingsException("%s=%d: the highest port is 65535.".formatted(PORT, port));
    }
    return port;
  }

  private static Set<String> hosts(Settings settings) {
    Set<String> hosts = new TreeSet<>();
    Arrays.stream(settings.text(HOSTS, "").split(","))
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .filter(host -> !host.isEmpty())
        .forEach(hosts::add);
    return hosts;
  }

  private static Optional<Secret> password(Settings settings, String key) {
    Optional<Secret> password = Secret.read(settings, key);
    if (password.isPresent() && password.get().reveal().length() < SHORTEST) {
      throw new SettingsException(
          "%s is shorter than %d characters; that is soon guessed."
              .formatted(settings.text(key).isPresent() ? key : key + "-file", SHORTEST));
    }
    return password;
  }

  private static Optional<Tls> tls(Settings settings, Path home) {
    Optional<String> certificate = settings.text(CERTIFICATE);
    Optional<String> key = settings.text(KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new SettingsException(
          "%s and %s are set together, or neither.".formatted(CERTIFICATE, KEY));
    }
    return certificate.map(
        file -> new Tls(pem(home, CERTIFICATE, file), pem(home, KEY, key.orElseThrow())));
  }

  private static Path pem(Path home, String key, String name) {
    Path file = home.resolve(name);
    if (!Files.isReadable(file)) {
      throw new SettingsException(
          "%s=%s: there is no such file, or picsync may not read it.".formatted(key, file));
    }
    return file;
  }

  private void refuseOpenDoors() {
    boolean beyond = !isLoopback || !hosts.isEmpty();
    if (beyond && reader.isEmpty() && operator.isEmpty()) {
      throw new SettingsException(
          "%s: beyond this machine the reports are shown to nobody without a password. Set %s (to read) and %s (to change as well), or remove the key."
              .formatted(
                  isLoopback ? HOSTS + "=" + String.join(",", hosts) : ADDRESS + "=" + address,
                  READER,
                  OPERATOR));
    }
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new SettingsException(
          "%s=%s: this machine has no such address.".formatted(ADDRESS, address), e);
    }
  }

  /** Whether reading needs a login. */
  boolean isReadingGuarded() {
    return reader.isPresent() || !isLoopback || !hosts.isEmpty();
  }
}

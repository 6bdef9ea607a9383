package io.picsync.archive;

import io.picsync.settings.Rate;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import io.picsync.settings.Timetable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One server as {@code picsync.server.NAME.*} describes it. What only one {@link ServerKind} knows
 * it reads by itself, with the full key from {@link #key}.
 *
 * @param uri a Camel endpoint URI ({@code file:/srv/pictures}, {@code ftp://host:21/folder?…})
 *     without a credential in it
 * @param settings those of all servers
 */
public record ServerConfig(String name, URI uri, Settings settings) {
  private static final String PREFIX = "picsync.server.";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  /** Told from the text: java.net.URI knows no user in an address that it can't parse. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)[^:/?]*:/*[^:/?@]*:(?!\\d*([/?]|$))[^?]*@.*|.*[?&](password|privateKeyPassphrase)=.*");

  public ServerConfig {
    if (!NAME.matcher(name).matches()) {
      throw new SettingsException(
          "%s%s.uri: '%s' is no server name; letters, digits, - and _ make one."
              .formatted(PREFIX, name, name));
    }
    refusePassword(name, uri.toString());
  }

  /** In lower case, empty for none. */
  public String scheme() {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** The configuration key of an option of this server. */
  public String key(String option) {
    return PREFIX + name + "." + option;
  }

  /** The options of this server that are set. */
  SortedSet<String> options() {
    return settings.keys(key("")).stream()
        .map(key -> key.substring(key("").length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether an option of this server is other in other settings. */
  boolean differs(Settings others, String option) {
    return !settings.text(key(option)).equals(others.text(key(option)));
  }

  /** The options of this server that are other in other settings. */
  SortedSet<String> differing(Settings others) {
    SortedSet<String> options = options();
    options.addAll(new ServerConfig(name, uri, others).options());
    options.removeIf(option -> !differs(others, option));
    return options;
  }

  /** Empty for a server without a login, and to log in as anonymous. */
  public Optional<String> username() {
    return settings.text(key("username")).or(() -> Optional.ofNullable(uri.getUserInfo()));
  }

  public Optional<Secret> password() {
    return secret("password");
  }

  /** The most connections at once, of all syncs together. */
  public int connections() {
    return settings.count(key("connections"), 4, 1);
  }

  /** Whether fewer connections are used while the server answers slowly. */
  public boolean backOff() {
    return settings.flag(key("back-off"), true);
  }

  /** The most bytes of pictures a second, each way. */
  Timetable<Rate> bandwidth() {
    String key = key("bandwidth");
    ZoneId zone = zone();
    String text = settings.text(key, Rate.UNLIMITED.toString());
    return Timetable.of(key, text, zone, rate -> Rate.parse(key, rate));
  }

  private ZoneId zone() {
    String key = key("time-zone");
    Optional<String> text = settings.text(key);
    if (text.isPresent() && settings.text(key("bandwidth")).isEmpty()) {
      throw new SettingsException(
          "%s is set without %s, whose hours it is for.".formatted(key, key("bandwidth")));
    }
    return text.map(zone -> Settings.zone(key, zone)).orElse(ZoneId.systemDefault());
  }

  /**
   * A credential: {@code OPTION} itself, or the content of the file that {@code OPTION-file} names.
   *
   * @throws SettingsException when both are set, or the file can't be read or is empty
   */
  public Optional<Secret> secret(String option) {
    return Secret.read(settings, key(option));
  }

  /**
   * All servers that the settings name.
   *
   * @param keys that some kind of server knows, besides {@code uri}
   */
  static SortedSet<String> names(Settings settings, Set<String> keys) {
    Set<String> known = new TreeSet<>(keys);
    known.add("uri");
    SortedSet<String> names = new TreeSet<>();
    for (String key : settings.keys(PREFIX)) {
      int dot = key.indexOf('.', PREFIX.length());
      if (dot < 0) {
        throw new SettingsException(
            "%s is not a configuration key; %sNAME.uri names a server.".formatted(key, PREFIX));
      }
      String option = key.substring(dot + 1);
      if (!known.contains(option)) {
        throw new SettingsException(
            "%s is not a configuration key. The nearest is %s%s."
                .formatted(key, key.substring(0, dot + 1), Settings.nearest(option, known)));
      }
      names.add(key.substring(PREFIX.length(), dot));
    }
    return names;
  }

  static ServerConfig read(Settings settings, String name, Set<String> keys) {
    String key = PREFIX + name + ".uri";
    String text =
        settings
            .text(key)
            .orElseThrow(() -> new SettingsException(lacking(name, key, names(settings, keys))));
    refusePassword(name, text);
    return new ServerConfig(name, uri(key, text), settings);
  }

  private static String lacking(String name, String key, SortedSet<String> names) {
    return names.remove(name)
        ? "%s is not set; the server has other keys.".formatted(key)
        : "No server is called '%s': %s is not set. The servers are %s."
            .formatted(Secret.masked(name), Secret.masked(key), names);
  }

  private static void refusePassword(String name, String uri) {
    if (CREDENTIAL.matcher(uri).matches()) {
      throw new SettingsException(
          "%s%s.uri holds a password. Move it to %s%s.password={{env:SOME_VARIABLE}} or %s%s.password-file; a URI is printed in logs."
              .formatted(PREFIX, name, PREFIX, name, PREFIX, name));
    }
  }

  private static URI uri(String key, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new SettingsException(
          "%s=%s is no URI: %s. Blanks and special characters are written as %%20 and so on."
              .formatted(key, text, e.getReason()),
          e);
    }
  }

  /** Without the settings, which hold passwords. */
  @Override
  public String toString() {
    return name + "=" + uri;
  }

  /**
   * The path of a URI that names a host: {@code //host/a} is below the login folder, {@code
   * //host//a} absolute.
   */
  public String folder() {
    String path = uri.getPath() == null ? "" : uri.getPath();
    String below = path.startsWith("/") ? path.substring(1) : path;
    while (below.length() > 1 && below.endsWith("/")) {
      below = below.substring(0, below.length() - 1);
    }
    return below;
  }

  /** {@code scheme://host:port/path}, without user and options. */
  public String address() {
    String path = uri.getPath() == null ? "" : uri.getPath();
    return scheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + path;
  }
}

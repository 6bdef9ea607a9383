package io.picsync.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A side of the command line as the settings of a server: the side's folder is the server's root,
 * so the archive is the server itself.
 */
final class Sides {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i:s?ftp|ftps)://(?:([^@/]*)@)?(\\[[0-9a-fA-F:.]+\\]|[^/:@?#]+)(?::(\\d{1,5}))?(/.*)?");

  /** By scheme, the settings beside the password that variables of the environment may hold. */
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "ftp",
          List.of(),
          "ftps",
          List.of("tls-ca", "tls-pin"),
          "sftp",
          List.of("private-key", "private-key-passphrase", "known-hosts", "host-key"));

  /** The port of FTPS that is TLS from the first byte. */
  private static final int IMPLICIT = 990;

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://?.*");

  private static final Pattern SETTING =
      Pattern.compile(
          "picsync\\.server\\.(source|destination)\\.("
              + Stream.concat(Stream.of("password"), KEYS.values().stream().flatMap(List::stream))
                  .sorted(Comparator.reverseOrder()) // the longer of two that begin alike first
                  .collect(Collectors.joining("|"))
              + ")(?![a-z-])");

  private Sides() {}

  /**
   * @param name {@code source} or {@code destination}
   * @param environment where the credentials and what is trusted are looked for
   * @throws IllegalArgumentException with a line for the operator
   */
  static Map<String, String> settings(
      String name, String text, int connections, Map<String, String> environment) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "The %s is empty; a folder or ftp://user@host:port/path (ftps:, sftp:) is wanted."
              .formatted(name));
    }
    String prefix = "picsync.server." + name + ".";
    Map<String, String> settings = new TreeMap<>();
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      settings.put(prefix + "uri", folder(name, text));
      return settings;
    }
    String kind = scheme.group(1).toLowerCase(Locale.ROOT);
    if (!KEYS.containsKey(kind)) {
      throw new IllegalArgumentException(
          "The %s '%s': a folder or ftp://user@host:port/path (ftps:, sftp:) is wanted, %s: is not supported."
              .formatted(name, withoutPassword(text), scheme.group(1)));
    }
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "The %s '%s' is not of the form %s://user@host:port/path."
              .formatted(name, withoutPassword(text), kind));
    }
    String user = address.group(1) == null ? "" : address.group(1);
    if (user.contains(":")) {
      throw new IllegalArgumentException(
          "The %s holds a password, which every user of this machine could read. Put it into %s and leave it out of the URI."
              .formatted(name, variable(name, "password")));
    }
    settings.put(prefix + "uri", uri(name, kind, address).toString());
    settings.put(prefix + "connections", Integer.toString(connections));
    for (String key : KEYS.getOrDefault(kind, List.of())) {
      String value = environment.get(variable(name, key));
      if (value != null && !value.isEmpty()) {
        settings.put(prefix + key, value);
      }
    }
    if (!user.isEmpty()) {
      settings.put(prefix + "username", decode(user));
      String password = environment.get(variable(name, "password"));
      if (password != null) {
        settings.put(prefix + "password", password);
      }
    }
    checkLogin(name, kind, user, settings.keySet());
    return settings;
  }

  /** What would be refused in words of the configuration, in those of the command line. */
  private static void checkLogin(String name, String kind, String user, Set<String> keys) {
    boolean byKey = kind.equals("sftp");
    if (user.isEmpty() && byKey) {
      throw new IllegalArgumentException(
          "The %s names no user, and an SFTP server has no anonymous login; sftp://user@host:port/path is wanted."
              .formatted(name));
    }
    String prefix = "picsync.server." + name + ".";
    if (!user.isEmpty()
        && !keys.contains(prefix + "password")
        && !keys.contains(prefix + "private-key")) {
      throw new IllegalArgumentException(
          "%s is not set; it holds the password of %s at the %s.%s"
              .formatted(
                  variable(name, "password"),
                  user,
                  name,
                  byKey
                      ? " Or set %s to the file of a private key."
                          .formatted(variable(name, "private-key"))
                      : ""));
    }
  }

  /** What the environment calls a setting of a side: {@code PICSYNC_SOURCE_HOST_KEY}. */
  private static String variable(String name, String key) {
    return ("PICSYNC_" + name + "_" + key).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * A message with the settings of both sides called as the environment calls them, for who has no
   * configuration to change.
   */
  static String toldByVariables(String message) {
    return SETTING
        .matcher(message)
        .replaceAll(setting -> variable(setting.group(1), setting.group(2)));
  }

  private static String folder(String name, String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize().toUri().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "The %s '%s' is no folder name: %s.".formatted(name, text, e.getReason()), e);
    }
  }

  /** The path may be written with or without %20 and its like. */
  private static URI uri(String name, String scheme, Matcher address) {
    int port = address.group(3) == null ? -1 : Integer.parseInt(address.group(3));
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "The %s has port %d; ports go from 1 to 65535.".formatted(name, port));
    }
    String path = address.group(4) == null ? "" : address.group(4);
    try {
      String query = scheme.equals("ftps") && port == IMPLICIT ? "implicit=true" : null;
      return new URI(scheme, null, address.group(2), port, decode(path), query, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("The %s is no URI: %s.".formatted(name, e.getReason()), e);
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a % that is just a %
    }
  }

  private static String withoutPassword(String text) {
    return text.replaceAll(":(//?).*@", ":$1…@");
  }
}

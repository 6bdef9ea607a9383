package io.picsync.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A side of the command line as the settings of a server: the side's folder is the server's root,
 * so the archive is the server itself.
 */
final class Sides {
  private static final Pattern FTP =
      Pattern.compile(
          "(?i:ftps?)://(?:([^@/]*)@)?(\\[[0-9a-fA-F:.]+\\]|[^/:@?#]+)(?::(\\d{1,5}))?(/.*)?");
  private static final Set<String> SCHEMES = Set.of("ftp", "ftps");

  /** The port of FTPS that is TLS from the first byte. */
  private static final int IMPLICIT = 990;

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://?.*");

  private Sides() {}

  /**
   * @param name {@code source} or {@code destination}
   * @param environment where the password is looked for
   * @throws IllegalArgumentException with a line for the operator
   */
  static Map<String, String> settings(
      String name, String text, int connections, Map<String, String> environment) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "The %s is empty; a folder or ftp://user@host:port/path is wanted.".formatted(name));
    }
    String prefix = "picsync.server." + name + ".";
    Map<String, String> settings = new TreeMap<>();
    Matcher scheme = SCHEME.matcher(text);
    if (!scheme.matches()) {
      settings.put(prefix + "uri", folder(name, text));
      return settings;
    }
    String kind = scheme.group(1).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(kind)) {
      throw new IllegalArgumentException(
          "The %s '%s': a folder or ftp://user@host:port/path is wanted, %s: is not supported."
              .formatted(name, withoutPassword(text), scheme.group(1)));
    }
    Matcher ftp = FTP.matcher(text);
    if (!ftp.matches()) {
      throw new IllegalArgumentException(
          "The %s '%s' is not of the form %s://user@host:port/path."
              .formatted(name, withoutPassword(text), kind));
    }
    String variables = "PICSYNC_" + name.toUpperCase(Locale.ROOT);
    String variable = variables + "_PASSWORD";
    String user = ftp.group(1);
    if (user != null && user.contains(":")) {
      throw new IllegalArgumentException(
          "The %s holds a password, which every user of this machine could read. Put it into %s and leave it out of the URI."
              .formatted(name, variable));
    }
    settings.put(prefix + "uri", uri(name, kind, ftp).toString());
    if (kind.equals("ftps")) {
      for (String key : List.of("tls-ca", "tls-pin")) {
        String value =
            environment.get(variables + "_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (value != null) {
          settings.put(prefix + key, value);
        }
      }
    }
    settings.put(prefix + "connections", Integer.toString(connections));
    if (user != null && !user.isEmpty()) {
      String password = environment.get(variable);
      if (password == null) {
        throw new IllegalArgumentException(
            "%s is not set; it holds the password of %s at the %s."
                .formatted(variable, user, name));
      }
      settings.put(prefix + "username", decode(user));
      settings.put(prefix + "password", password);
    }
    return settings;
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
  private static URI uri(String name, String scheme, Matcher ftp) {
    int port = ftp.group(3) == null ? -1 : Integer.parseInt(ftp.group(3));
    if (port == 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "The %s has port %d; ports go from 1 to 65535.".formatted(name, port));
    }
    String path = ftp.group(4) == null ? "" : ftp.group(4);
    try {
      String query = scheme.equals("ftps") && port == IMPLICIT ? "implicit=true" : null;
      return new URI(scheme, null, ftp.group(2), port, decode(path), query, null);
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
    return text.replaceAll("//.*@", "//…@");
  }
}

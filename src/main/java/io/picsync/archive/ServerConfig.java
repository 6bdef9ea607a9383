package io.picsync.archive;

import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One server as {@code picsync.server.NAME.*} describes it.
 *
 * @param uri a Camel endpoint URI ({@code file:/srv/pictures}, {@code ftp://host:21/folder?…})
 *     without a credential in it
 * @param username null to log in as anonymous
 * @param connections the most at once, of all syncs together
 */
public record ServerConfig(
    String name, URI uri, @Nullable String username, @Nullable Secret password, int connections) {
  private static final String PREFIX = "picsync.server.";
  private static final Set<String> KEYS =
      Set.of("uri", "username", "password", "password-file", "connections");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  /** Told from the text: java.net.URI knows no user in an address that it can't parse. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(?i)[^:/?]*:/*[^:/?@]*:(?!\\d*([/?]|$))[^?]*@.*|.*[?&](password|privateKeyPassphrase)=.*");

  public ServerConfig {
    String key = PREFIX + name + ".uri";
    if (!NAME.matcher(name).matches()) {
      throw new SettingsException(
          "%s: '%s' is no server name; letters, digits, - and _ make one.".formatted(key, name));
    }
    refusePassword(name, uri.toString());
    String query = uri.getRawQuery();
    switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "file" -> {
        if (uri.getHost() != null || uri.getAuthority() != null) {
          throw new SettingsException(
              "%s=%s names a host; file:/FOLDER is wanted, with one slash or three."
                  .formatted(key, uri));
        }
        if (query != null) {
          throw new SettingsException(
              "%s=%s: a file: server takes no options; it is a folder only.".formatted(key, uri));
        }
      }
      case "ftp" -> {
        if (uri.getHost() == null) {
          throw new SettingsException(
              "%s=%s names no host; ftp://HOST:PORT/FOLDER is wanted.".formatted(key, uri));
        }
      }
      default ->
          throw new SettingsException(
              "%s=%s: file: and ftp: servers are supported, '%s' is not."
                  .formatted(key, uri, uri.getScheme()));
    }
  }

  public boolean isFile() {
    return "file".equalsIgnoreCase(uri.getScheme());
  }

  /** All servers that the settings name. */
  public static SortedSet<String> names(Settings settings) {
    SortedSet<String> names = new TreeSet<>();
    for (String key : settings.keys(PREFIX)) {
      int dot = key.indexOf('.', PREFIX.length());
      if (dot < 0) {
        throw new SettingsException(
            "%s is not a configuration key; %sNAME.uri names a server.".formatted(key, PREFIX));
      }
      String option = key.substring(dot + 1);
      if (!KEYS.contains(option)) {
        throw new SettingsException(
            "%s is not a configuration key. The nearest is %s%s."
                .formatted(key, key.substring(0, dot + 1), Settings.nearest(option, KEYS)));
      }
      names.add(key.substring(PREFIX.length(), dot));
    }
    return names;
  }

  public static ServerConfig read(Settings settings, String name) {
    String prefix = PREFIX + name + ".";
    String text =
        settings
            .text(prefix + "uri")
            .orElseThrow(
                () ->
                    new SettingsException(
                        "No server is called '%s': %suri is not set. The servers are %s."
                            .formatted(name, prefix, names(settings))));
    refusePassword(name, text);
    URI uri = uri(prefix + "uri", text);
    String username = settings.text(prefix + "username").orElse(uri.getUserInfo());
    return new ServerConfig(
        name,
        uri,
        username,
        password(settings, prefix),
        settings.count(prefix + "connections", 4, 1));
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

  private static @Nullable Secret password(Settings settings, String prefix) {
    Optional<String> file = settings.text(prefix + "password-file");
    Optional<String> value = settings.text(prefix + "password");
    if (file.isPresent() && value.isPresent()) {
      throw new SettingsException(
          "%spassword and %spassword-file are both set; one is enough.".formatted(prefix, prefix));
    }
    if (file.isEmpty()) {
      return value.map(Secret::new).orElse(null);
    }
    try {
      return new Secret(Files.readString(Path.of(file.get())).stripTrailing());
    } catch (IOException e) {
      throw new SettingsException(
          "%spassword-file=%s can't be read: %s."
              .formatted(
                  prefix,
                  file.get(),
                  e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()),
          e);
    }
  }
}

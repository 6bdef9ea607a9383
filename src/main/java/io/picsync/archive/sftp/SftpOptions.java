package io.picsync.archive.sftp;

import io.picsync.archive.ServerConfig;
import io.picsync.settings.Settings;
import io.picsync.settings.SettingsException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Those options of camel-ftp's sftp component that say how to connect, with its names and units.
 *
 * @param timeout that the server may be silent and take nothing: the option soTimeout
 * @param alive after which silence the server is asked whether it is there; zero for never
 * @param charset of names at the server
 * @param algorithms JSch's settings by their names
 */
record SftpOptions(
    Duration connectTimeout,
    Duration timeout,
    Duration alive,
    int aliveCountMax,
    Charset charset,
    @Nullable String knownHostsFile,
    @Nullable String privateKeyFile,
    Map<String, String> algorithms) {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "ciphers", "cipher.s2c,cipher.c2s",
          "keyExchangeProtocols", "kex",
          "serverHostKeys", "server_host_key",
          "publicKeyAcceptedAlgorithms", "PubkeyAcceptedAlgorithms",
          "preferredAuthentications", "PreferredAuthentications");

  private static final Set<String> OTHERS =
      Set.of(
          "compression",
          "connectTimeout",
          "filenameEncoding",
          "knownHostsFile",
          "privateKeyFile",
          "serverAliveCountMax",
          "serverAliveInterval",
          "soTimeout",
          "strictHostKeyChecking");

  SftpOptions {
    algorithms = Map.copyOf(algorithms);
  }

  /**
   * @throws SettingsException when an option is unknown or has no such value
   */
  static SftpOptions of(ServerConfig config) {
    String key = config.key("uri");
    Map<String, String> given = given(config, key);
    Map<String, String> algorithms = new TreeMap<>();
    ALGORITHMS.forEach(
        (option, names) -> {
          String value = given.get(option);
          if (value != null) {
            for (String name : names.split(",")) {
              algorithms.put(name, value);
            }
          }
        });
    compression(key, given.get("compression"), algorithms);
    verified(config, given.get("strictHostKeyChecking"));
    return new SftpOptions(
        millis(key, given, "connectTimeout", Duration.ofSeconds(10)),
        millis(key, given, "soTimeout", Duration.ofSeconds(60)),
        millis(key, given, "serverAliveInterval", Duration.ofSeconds(30)),
        (int) count(key, given, "serverAliveCountMax", 3),
        charset(key, given.getOrDefault("filenameEncoding", "UTF-8")),
        given.get("knownHostsFile"),
        given.get("privateKeyFile"),
        algorithms);
  }

  private static Map<String, String> given(ServerConfig config, String key) {
    Map<String, String> options = new TreeMap<>();
    Map<String, Object> query;
    try {
      query = URISupport.parseQuery(config.uri().getRawQuery());
    } catch (Exception e) {
      throw new SettingsException(
          "%s=%s: its options can't be read: %s.".formatted(key, config.uri(), e.getMessage()), e);
    }
    Set<String> known = new TreeSet<>(OTHERS);
    known.addAll(ALGORITHMS.keySet());
    query.forEach(
        (option, value) -> {
          if (!known.contains(option)) {
            throw new SettingsException(
                "%s: the option '%s' does nothing for an archive. The options are %s."
                    .formatted(key, option, known));
          }
          options.put(option, String.valueOf(value));
        });
    return options;
  }

  private static void compression(
      String key, @Nullable String level, Map<String, String> algorithms) {
    if (level == null) {
      return;
    }
    if (!level.matches("[0-9]|10")) {
      throw new SettingsException(
          "%s: compression=%s; a level from 0 to 10 is wanted.".formatted(key, level));
    }
    if (!level.equals("0")) {
      String preferred = "zlib@openssh.com,zlib,none";
      algorithms.put("compression.s2c", preferred);
      algorithms.put("compression.c2s", preferred);
      algorithms.put("compression_level", level.equals("10") ? "9" : level);
    }
  }

  private static void verified(ServerConfig config, @Nullable String strict) {
    if (strict != null && !strict.equals("yes")) {
      throw new SettingsException(
          "%s: strictHostKeyChecking=%s is not taken from a URI. To connect to a server without knowing that it is the one, write %s=unverified."
              .formatted(config.key("uri"), strict, config.key("host-key")));
    }
  }

  private static Charset charset(String key, String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "%s: filenameEncoding=%s is no character set that this JVM knows.".formatted(key, name),
          e);
    }
  }

  /** Camel's durations: milliseconds, or with a unit. */
  private static Duration millis(
      String key, Map<String, String> given, String option, Duration otherwise) {
    String text = given.get(option);
    if (text == null) {
      return otherwise;
    }
    return text.matches("\\d{1,9}")
        ? Duration.ofMillis(Long.parseLong(text))
        : Settings.duration(key + ": " + option, text);
  }

  private static long count(String key, Map<String, String> given, String option, long otherwise) {
    String text = given.get(option);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,5}")) {
      throw new SettingsException("%s: %s=%s; a number is wanted.".formatted(key, option, text));
    }
    return Long.parseLong(text);
  }
}

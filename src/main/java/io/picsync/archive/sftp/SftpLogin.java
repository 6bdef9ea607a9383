package io.picsync.archive.sftp;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.picsync.archive.Secret;
import io.picsync.archive.ServerConfig;
import io.picsync.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * As whom to log in, how to prove it, and which server is believed to be the one.
 *
 * @param password null for a login by key only
 * @param privateKey null for a login by password only
 * @param passphrase of the private key, null for none
 */
record SftpLogin(
    String username,
    @Nullable Secret password,
    @Nullable Path privateKey,
    @Nullable Secret passphrase,
    HostKeyTrust trust) {

  /**
   * @throws SettingsException when something is missing, or the private key can't be read
   */
  static SftpLogin of(ServerConfig config, SftpOptions options) {
    String username =
        config
            .username()
            .orElseThrow(
                () ->
                    new SettingsException(
                        "%s is not set; an SFTP server has no anonymous login."
                            .formatted(config.key("username"))));
    SftpLogin login =
        new SftpLogin(
            username,
            config.password().orElse(null),
            path(config, "private-key", options.privateKeyFile()),
            config.secret("private-key-passphrase").orElse(null),
            trust(config, options));
    login.check(config);
    return login;
  }

  private static @Nullable Path path(ServerConfig config, String key, @Nullable String inUri) {
    Optional<String> set = config.settings().text(config.key(key));
    if (set.isPresent() && inUri != null) {
      throw new SettingsException(
          "%s and the option of %s are both set; one is enough."
              .formatted(config.key(key), config.key("uri")));
    }
    String text = set.orElse(inUri);
    return text == null ? null : Path.of(text.replaceFirst("^~(?=/)", home()));
  }

  private static String home() {
    return Matcher.quoteReplacement(System.getProperty("user.home"));
  }

  private static HostKeyTrust trust(ServerConfig config, SftpOptions options) {
    Path file = path(config, "known-hosts", options.knownHostsFile());
    Optional<String> key = config.settings().text(config.key("host-key"));
    if (key.isPresent() && file != null) {
      throw new SettingsException(
          "%s and %s are both set; one is enough."
              .formatted(config.key("host-key"), config.key("known-hosts")));
    }
    if (key.isPresent()) {
      return trust(config, key.get());
    }
    if (file != null && !Files.isReadable(file)) {
      throw new SettingsException(
          "%s=%s can't be read.".formatted(config.key("known-hosts"), file));
    }
    return new HostKeyTrust.KnownHosts(
        file == null ? Path.of(System.getProperty("user.home"), ".ssh", "known_hosts") : file);
  }

  private static HostKeyTrust trust(ServerConfig config, String key) {
    if (key.equals("unverified")) {
      return new HostKeyTrust.Unverified();
    }
    if (key.matches("SHA256:[A-Za-z0-9+/]{43}=?")) {
      return new HostKeyTrust.Pinned(key.replace("=", ""));
    }
    throw new SettingsException(
        "%s=%s: a fingerprint such as SHA256:… (43 letters, as ssh-keygen -lf tells it) is wanted, or the word unverified."
            .formatted(config.key("host-key"), key));
  }

  private void check(ServerConfig config) {
    if (privateKey == null) {
      if (password == null) {
        throw new SettingsException(
            "Neither %s nor %s is set; one of them is needed to log in."
                .formatted(config.key("password"), config.key("private-key")));
      }
      if (passphrase != null) {
        throw new SettingsException(
            "%s is set without %s."
                .formatted(config.key("private-key-passphrase"), config.key("private-key")));
      }
      return;
    }
    String key = "%s=%s".formatted(config.key("private-key"), privateKey);
    if (!Files.isReadable(privateKey)) {
      throw new SettingsException(
          key + (Files.exists(privateKey) ? " may not be read." : ": there is no such file."));
    }
    try {
      KeyPair pair = KeyPair.load(new JSch(), privateKey.toString(), null);
      try {
        if (pair.isEncrypted() && passphrase == null) {
          throw new SettingsException(
              "%s is encrypted; %s is not set."
                  .formatted(key, config.key("private-key-passphrase")));
        }
        if (pair.isEncrypted() && !pair.decrypt(passphraseBytes())) {
          throw new SettingsException(
              "%s can't be decrypted with %s."
                  .formatted(key, config.key("private-key-passphrase")));
        }
      } finally {
        pair.dispose();
      }
    } catch (JSchException e) {
      throw new SettingsException(
          "%s is no private key that is understood: %s. ssh-keygen makes one."
              .formatted(key, e.getMessage()),
          e);
    }
  }

  /** Null for none. */
  byte @Nullable [] passphraseBytes() {
    return passphrase == null ? null : passphrase.reveal().getBytes(StandardCharsets.UTF_8);
  }
}

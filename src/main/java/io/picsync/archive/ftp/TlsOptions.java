package io.picsync.archive.ftp;

import io.picsync.archive.ServerConfig;
import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of one FTPS server say of its certificate.
 *
 * @param verified false when {@code tls-verify=false} says so
 */
record TlsOptions(TlsTrust trust, boolean verified) {
  /** Beside those that every FTP server has. */
  static final Set<String> KEYS = Set.of("tls-ca", "tls-pin", "tls-verify");

  /**
   * @throws SettingsException when one is no such thing, or contradicts another
   */
  static TlsOptions of(ServerConfig config) {
    Optional<String> authorities = config.settings().text(config.key("tls-ca"));
    Optional<String> pins = config.settings().text(config.key("tls-pin"));
    boolean verified = verified(config);
    if (authorities.isPresent() && pins.isPresent()) {
      throw new SettingsException(
          "%s and %s are both set; a pinned certificate needs no authority."
              .formatted(config.key("tls-ca"), config.key("tls-pin")));
    }
    if (!verified && (authorities.isPresent() || pins.isPresent())) {
      throw new SettingsException(
          "%s=false contradicts %s. Remove one of them."
              .formatted(
                  config.key("tls-verify"),
                  config.key(authorities.isPresent() ? "tls-ca" : "tls-pin")));
    }
    if (!verified) {
      return new TlsOptions(new TlsTrust(config, null, Set.of()), false);
    }
    return new TlsOptions(
        pins.isPresent()
            ? new TlsTrust(config, null, pins(config.key("tls-pin"), pins.get()))
            : new TlsTrust(
                config,
                trustManager(
                    authorities.map(file -> read(config.key("tls-ca"), file)).orElse(null)),
                Set.of()),
        true);
  }

  private static boolean verified(ServerConfig config) {
    return config.settings().flag(config.key("tls-verify"), true);
  }

  private static Set<String> pins(String key, String text) {
    return Arrays.stream(text.split(","))
        .map(pin -> Fingerprint.parse(key, pin))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static KeyStore read(String key, String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new SettingsException(
            "%s=%s holds no certificate; -----BEGIN CERTIFICATE----- begins one."
                .formatted(key, file));
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : all) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      return store;
    } catch (NoSuchFileException e) {
      throw new SettingsException(
          "%s=%s can't be read: there is no such file.".formatted(key, file), e);
    } catch (IOException | GeneralSecurityException e) {
      throw new SettingsException(
          "%s=%s can't be read as certificates in PEM form: %s."
              .formatted(key, file, e.getMessage()),
          e);
    }
  }

  /**
   * @param authorities null for those that Java knows
   */
  private static X509ExtendedTrustManager trustManager(@Nullable KeyStore authorities) {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(authorities);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager found) {
          return found;
        }
      }
      throw new IllegalStateException("Java has no trust manager for certificates");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Java's certificate authorities can't be read", e);
    }
  }
}

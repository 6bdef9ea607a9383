package io.picsync.archive.ftp;

import io.picsync.settings.SettingsException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Of a certificate: SHA-256 of its DER form, as {@code openssl x509 -noout -fingerprint -sha256}
 * prints it.
 */
final class Fingerprint {
  private static final Pattern HEX = Pattern.compile("[0-9A-F]{64}");
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private Fingerprint() {}

  /** {@code SHA256:12:AB:…}. */
  static String of(X509Certificate certificate) {
    try {
      return "SHA256:"
          + COLONS.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A certificate that was read can't be written", e);
    }
  }

  /**
   * With or without {@code SHA256:} or {@code SHA256 Fingerprint=} before it, colons and capitals.
   *
   * @param key whose value it is, for the message
   */
  static String parse(String key, String text) {
    String hex =
        text.strip()
            .toUpperCase(Locale.ROOT)
            .replaceFirst("^SHA-?256( FINGERPRINT)?[:=]", "")
            .replace(":", "");
    if (!HEX.matcher(hex).matches()) {
      throw new SettingsException(
          "%s=%s: the SHA-256 fingerprint of a certificate is wanted, 64 hexadecimal digits such as openssl x509 -noout -fingerprint -sha256 prints."
              .formatted(key, text));
    }
    return "SHA256:" + COLONS.formatHex(HexFormat.of().parseHex(hex));
  }
}

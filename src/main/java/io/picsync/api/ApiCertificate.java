package io.picsync.api;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate and the key that HTTPS is served with, and those that replace them in their
 * files: certificates are renewed every few weeks, and no run should end for it. Two files can't be
 * replaced at one instant, so what does not belong together is refused, and what was before goes
 * on. Used by one thread at a time.
 */
final class ApiCertificate {
  private static final Logger LOG = LoggerFactory.getLogger(ApiCertificate.class);
  private static final String[] KINDS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

  private final ApiSettings.Tls files;
  private final Vertx vertx;
  private final CurrentKeys keys = new CurrentKeys();
  private byte[] certificate = {};
  private byte[] key = {};

  ApiCertificate(ApiSettings.Tls files, Vertx vertx) {
    this.files = files;
    this.vertx = vertx;
  }

  /**
   * As the files are now, and as they will be after each {@link #renew}.
   *
   * @throws IOException when they can't be read, or don't belong together
   */
  KeyCertOptions read() throws IOException {
    look();
    keys.take(checked());
    return KeyCertOptions.wrap(keys);
  }

  /** Takes what the files hold now, if it is other than at the last look and usable; else told. */
  void renew() {
    try {
      if (look()) {
        keys.take(checked());
      }
    } catch (IOException e) {
      LOG.error(
          "A new certificate can't be taken; the one before goes on. certificate={} key={} why={}",
          files.certificate(),
          files.key(),
          e.getMessage());
    }
  }

  /**
   * @return whether a file holds other than at the last look
   */
  private boolean look() throws IOException {
    byte[] nowCertificate = Files.readAllBytes(files.certificate());
    byte[] nowKey = Files.readAllBytes(files.key());
    boolean other = !Arrays.equals(nowCertificate, certificate) || !Arrays.equals(nowKey, key);
    certificate = nowCertificate;
    key = nowKey;
    return other;
  }

  private X509KeyManager checked() throws IOException {
    PemKeyCertOptions options =
        new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(certificate))
            .addKeyValue(Buffer.buffer(key));
    X509KeyManager manager;
    try {
      manager = manager(options.getKeyManagerFactory(vertx).getKeyManagers());
    } catch (Exception e) { // whatever is wrong in a PEM file
      throw new IOException(
          "%s and %s are no certificate and key in PEM: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
    String alias = alias(manager);
    X509Certificate own = manager.getCertificateChain(alias)[0];
    if (!fit(own.getPublicKey(), manager.getPrivateKey(alias))) {
      throw new IOException(
          "the key in %s is not that of the certificate in %s"
              .formatted(files.key(), files.certificate()));
    }
    LOG.info(
        "The certificate of the page. file={} serial={}",
        files.certificate(),
        own.getSerialNumber().toString(16));
    return manager;
  }

  private static X509KeyManager manager(KeyManager... managers) {
    return Arrays.stream(managers)
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private String alias(X509KeyManager manager) throws IOException {
    for (String kind : KINDS) {
      String @Nullable [] aliases = manager.getServerAliases(kind, null);
      if (aliases != null && aliases.length > 0) {
        return aliases[0];
      }
    }
    throw new IOException(
        "the key in %s is of no kind that is known here: %s"
            .formatted(files.key(), String.join(", ", KINDS)));
  }

  /** Whether the one verifies what the other signs. */
  private static boolean fit(PublicKey certified, PrivateKey own) {
    try {
      String algorithm =
          switch (own.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> own.getAlgorithm();
          };
      byte[] text = "picsync".getBytes(StandardCharsets.US_ASCII);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(own);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}

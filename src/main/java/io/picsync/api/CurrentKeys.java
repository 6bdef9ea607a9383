package io.picsync.api;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Serves each TLS handshake with the key and the certificate that are current when it begins. So a
 * renewed one needs no server to be set up anew, which would refuse who connects at that moment.
 * Thread-safe.
 */
final class CurrentKeys extends X509ExtendedKeyManager {
  /**
   * @param mark what its aliases begin with, so that a handshake ends with what it began with
   */
  private record Generation(String mark, X509KeyManager keys) {}

  /** The newest first, and the one before. */
  private volatile List<Generation> generations = List.of();

  private long count;

  /** Are current from now on. */
  synchronized void take(X509KeyManager keys) {
    count++;
    Stream<Generation> newest = Stream.of(new Generation(count + ":", keys));
    generations = Stream.concat(newest, generations.stream().limit(1)).toList();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    return alias(keyType, issuers);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    return alias(keyType, issuers);
  }

  private @Nullable String alias(String keyType, Principal @Nullable [] issuers) {
    for (Generation newest : generations) {
      String alias = newest.keys().chooseServerAlias(keyType, issuers, null);
      return alias == null ? null : newest.mark() + alias;
    }
    return null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    for (Generation each : generations) {
      if (alias.startsWith(each.mark())) {
        return each.keys().getCertificateChain(alias.substring(each.mark().length()));
      }
    }
    return null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    for (Generation each : generations) {
      if (alias.startsWith(each.mark())) {
        return each.keys().getPrivateKey(alias.substring(each.mark().length()));
      }
    }
    return null;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = alias(keyType, issuers);
    return alias == null ? null : new String[] {alias};
  }

  /** A server's only. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}

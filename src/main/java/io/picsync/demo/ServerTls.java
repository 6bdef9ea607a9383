package io.picsync.demo;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.apache.ftpserver.ssl.ClientAuth;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.impl.DefaultSslConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link EmbeddedFtpServer} speaks TLS, 1.2 and 1.3.
 *
 * @param key with its certificates
 * @param implicit from the first byte; else after AUTH TLS
 */
record ServerTls(KeyStore key, String password, boolean implicit) {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  SslConfiguration configuration() throws IOException {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(key, password.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((@Nullable KeyStore) null);
      return new DefaultSslConfiguration(keys, trust, ClientAuth.NONE, VERSIONS, null, null);
    } catch (GeneralSecurityException e) {
      throw new IOException("The server's key can't be used: " + e.getMessage(), e);
    }
  }
}

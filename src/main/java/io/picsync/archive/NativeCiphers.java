package io.picsync.archive;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ciphers and digests for SFTP and FTPS that take the processor's own instructions from the first
 * byte: Amazon's Corretto Crypto Provider. The JDK's AES-GCM does so only where the JVM's second
 * compiler has been at work. Machines that its library is not made for go on with the JDK's.
 */
public final class NativeCiphers {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCiphers.class);

  private static boolean tried;

  private NativeCiphers() {}

  /**
   * Makes them the first choice of this process, wherever it encrypts. Loads the library, which
   * takes a tenth of a second, the first time only. Any thread.
   */
  public static synchronized void use() {
    if (tried) {
      return;
    }
    tried = true;
    Throwable why = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (why == null) {
      Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
    } else if (Boolean.getBoolean("com.amazon.corretto.crypto.provider.useExternalLib")) {
      // bin/picsync named the library, and left out the compiler that Java's own ciphers need
      LOG.warn(
          "The native ciphers can't be used here, and Java's own are slow at first. They need glibc; PICSYNC_JAVA_OPTS=-XX:TieredStopAtLevel=4 helps Java's. why={}",
          why.toString());
    } else {
      LOG.debug("Java's own ciphers are used. why={}", why.toString());
    }
  }
}

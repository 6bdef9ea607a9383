package io.picsync.archive.sftp;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.picsync.archive.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Judges the host key of one connection for JSch, and can say afterwards why it was refused. It
 * never learns a key by itself.
 */
final class HostKeys implements HostKeyRepository {
  private final HostKeyTrust trust;
  private final HostKeyRepository known;
  private byte @Nullable [] shown;
  private int verdict = OK;

  /**
   * @throws UnavailableException when the known_hosts file is there and can't be read
   */
  HostKeys(String server, HostKeyTrust trust, JSch jsch)
      throws UnavailableException, JSchException {
    this.trust = trust;
    if (trust instanceof HostKeyTrust.KnownHosts file) {
      try (InputStream lines = Files.newInputStream(file.file())) {
        jsch.setKnownHosts(lines);
      } catch (NoSuchFileException e) {
        // no host is known yet
      } catch (IOException e) {
        throw new UnavailableException(
            "Server %s: the known hosts in %s can't be read: %s."
                .formatted(server, file.file(), e.getMessage()),
            e);
      }
    }
    this.known = jsch.getHostKeyRepository();
  }

  @Override
  public int check(String host, byte[] key) {
    shown = key.clone();
    if (trust instanceof HostKeyTrust.Unverified) {
      verdict = OK;
    } else if (trust instanceof HostKeyTrust.Pinned pinned) {
      verdict = pinned.fingerprint().equals(fingerprint(key)) ? OK : CHANGED;
    } else {
      verdict = known.check(host, key);
      if (verdict == NOT_INCLUDED && getHostKey(host, null).length > 0) {
        verdict = CHANGED; // known by a key of another type, which the server would not show
      }
    }
    return verdict;
  }

  /** Null while no key was refused. */
  @Nullable String refusal(String server, String host, int port) {
    if (verdict == OK || shown == null) {
      return null;
    }
    String key = type(shown) + " " + fingerprint(shown);
    String place = port == 22 ? host : "[" + host + "]:" + port;
    if (trust instanceof HostKeyTrust.Pinned pinned) {
      return "Server %s at %s shows the host key %s, not the pinned %s. Somebody may pose as the server: nothing was sent to it. If its key was changed on purpose, set picsync.server.%s.host-key to the new one."
          .formatted(server, place, key, pinned.fingerprint(), server);
    }
    Object file = trust instanceof HostKeyTrust.KnownHosts kept ? kept.file() : "";
    if (verdict == CHANGED) {
      return "Server %s at %s shows ANOTHER HOST KEY than %s holds for it: %s. Somebody may pose as the server: nothing was sent to it. If its key was changed on purpose, remove the old one with ssh-keygen -f %s -R '%s' and add the new one."
          .formatted(server, place, file, key, file, place);
    }
    return "Server %s at %s shows the host key %s, which %s does not hold. If it is the server's own (ssh-keygen -lf on its /etc/ssh/ssh_host_*_key.pub tells), add it with ssh-keyscan -p %d %s >> %s, or set picsync.server.%s.host-key=%s."
        .formatted(server, place, key, file, port, host, file, server, fingerprint(shown));
  }

  boolean changed() {
    return verdict == CHANGED;
  }

  static String fingerprint(byte[] key) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(key);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }

  /** Every key blob begins with its type. */
  private static String type(byte[] key) {
    int length = key.length < 4 ? -1 : ByteBuffer.wrap(key).getInt();
    return length < 0 || length > key.length - 4
        ? "unknown"
        : new String(key, 4, length, StandardCharsets.US_ASCII);
  }

  @Override
  public void add(HostKey key, UserInfo ui) {
    // keys are the operator's to add
  }

  @Override
  public void remove(String host, String type) {
    // keys are the operator's to remove
  }

  @Override
  public void remove(String host, String type, byte[] key) {
    // keys are the operator's to remove
  }

  @Override
  public String getKnownHostsRepositoryID() {
    return "known hosts";
  }

  @Override
  public HostKey[] getHostKey() {
    return known.getHostKey();
  }

  @Override
  public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
    HostKey[] keys = known.getHostKey(host, type);
    return keys == null ? new HostKey[0] : keys;
  }
}

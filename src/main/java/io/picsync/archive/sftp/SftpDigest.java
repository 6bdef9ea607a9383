package io.picsync.archive.sftp;

import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The digest of one picture, as it is sent and as the server tells it by check-file-name of
 * draft-ietf-secsh-filexfer-extensions-00, section 3.
 */
final class SftpDigest {
  private static final String REPLY = "check-file";

  private final SftpSession session;
  private final String algorithm;
  private final MessageDigest sent;

  SftpDigest(SftpSession session, String algorithm) {
    this.session = session;
    this.algorithm = algorithm;
    try {
      this.sent = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has it.", e);
    }
  }

  InputStream sending(InputStream bytes) {
    return new DigestInputStream(bytes, sent);
  }

  /** After all bytes were sent. */
  int ask(String path) throws IOException {
    return session.requests().checkFile(path, algorithm);
  }

  /**
   * @return false when the server told no digest; then it is asked for another kind the next time
   * @throws PassingException when it is not that of the bytes that were sent; to be called once
   */
  boolean matches(Reply reply, Location picture) throws IOException {
    if (reply.isStatus()) {
      session.checkFile().refused(algorithm, reply.status());
      return false;
    }
    Optional<byte[]> told = told(reply.expect(Reply.EXTENDED_REPLY));
    if (told.isEmpty()) {
      session.checkFile().refused(algorithm, "it answered in another algorithm, or without one");
      return false;
    }
    byte[] digest = sent.digest();
    if (!MessageDigest.isEqual(digest, told.get())) {
      HexFormat hex = HexFormat.of();
      throw new PassingException(
          "%s on server %s has the size that was sent, and not its digest %s: %s %s."
              .formatted(
                  picture,
                  session.server(),
                  hex.formatHex(digest),
                  algorithm,
                  hex.formatHex(told.get())));
    }
    return true;
  }

  /** The draft has "check-file" come first; servers that leave it out are known. */
  private Optional<byte[]> told(Reply reply) throws IOException {
    String first = reply.text(StandardCharsets.US_ASCII);
    String used = first.equals(REPLY) ? reply.text(StandardCharsets.US_ASCII) : first;
    byte[] rest = reply.rest();
    int length = sent.getDigestLength();
    // the digest as it is, or as a string with its length before it
    boolean whole = rest.length == length || rest.length == length + 4;
    return used.equals(algorithm) && whole
        ? Optional.of(Arrays.copyOfRange(rest, rest.length - length, rest.length))
        : Optional.empty();
  }
}

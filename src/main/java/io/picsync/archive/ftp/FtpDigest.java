package io.picsync.archive.ftp;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A command by which a server tells the digest of a file: HASH of draft-bryan-ftpext-hash, in the
 * algorithm that FEAT marks as the chosen one, or one of the older X commands (ProFTPD's
 * mod_digest, Serv-U, Gene6, FileZilla Server).
 *
 * @param algorithm Java's name of it, {@code CRC32} for that checksum
 */
record FtpDigest(String verb, String algorithm) {
  private static final String CRC = "CRC32";

  /** From a line of FEAT's reply; empty for other features and unknown algorithms. */
  static Optional<FtpDigest> offered(String feature) {
    String line = feature.strip().toUpperCase(Locale.ROOT);
    if (line.startsWith("HASH ")) {
      return chosen(line.substring(5)).map(algorithm -> new FtpDigest("HASH", algorithm));
    }
    String verb = line.contains(" ") ? line.substring(0, line.indexOf(' ')) : line;
    return switch (verb) {
      case "XSHA256" -> Optional.of(new FtpDigest(verb, "SHA-256"));
      case "XSHA1", "XSHA" -> Optional.of(new FtpDigest(verb, "SHA-1"));
      case "XMD5" -> Optional.of(new FtpDigest(verb, "MD5"));
      case "XCRC" -> Optional.of(new FtpDigest(verb, CRC));
      default -> Optional.empty();
    };
  }

  /** {@code SHA-1;SHA-256*;MD5}: the one with the star is the one in use. */
  private static Optional<String> chosen(String algorithms) {
    for (String algorithm : algorithms.split(";", -1)) {
      if (algorithm.endsWith("*")) {
        String name = algorithm.substring(0, algorithm.length() - 1).strip();
        return name.equals(CRC) || isKnown(name) ? Optional.of(name) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean isKnown(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).getDigestLength() > 0;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  /** Which of two to use: the more bits, and of equals the standard one. */
  static FtpDigest better(@Nullable FtpDigest one, FtpDigest other) {
    return one == null || other.strength() > one.strength() ? other : one;
  }

  private int strength() {
    int bits =
        switch (algorithm) {
          case CRC -> 32;
          case "MD5" -> 128;
          case "SHA-1" -> 160;
          default -> 256;
        };
    return 2 * bits + (verb.equals("HASH") ? 1 : 0);
  }

  /** Passes a picture's bytes on and computes their digest meanwhile. */
  Computing computing(InputStream bytes) {
    if (algorithm.equals(CRC)) {
      CRC32 crc = new CRC32();
      return new Computing(
          new CheckedInputStream(bytes, crc),
          () -> HexFormat.of().toHexDigits((int) crc.getValue()));
    }
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return new Computing(
          new DigestInputStream(bytes, digest), () -> HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("It was known when the server offered it.", e);
    }
  }

  /**
   * @param digest to be asked once, after the last byte: in lower case
   */
  record Computing(InputStream bytes, Supplier<String> digest) {}

  String command(String path) {
    return verb + " " + path;
  }

  /**
   * The digest in a reply, in lower case: {@code 250 D41D8C…}, {@code 213 SHA-256 0-49 6ae7… name}.
   * Empty where there is none of the right length.
   */
  Optional<String> in(FtpReply reply) {
    if (!reply.isPositive()) {
      return Optional.empty();
    }
    int digits = algorithm.equals(CRC) ? 8 : bytes() * 2;
    String[] words = reply.text().split("\\s+");
    // HASH has its digest in the fourth word, the X commands mostly in the second; never a name's
    for (int i = 1; i < Math.min(words.length, 4); i++) {
      if (words[i].length() == digits && words[i].matches("[0-9A-Fa-f]+")) {
        return Optional.of(words[i].toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  private int bytes() {
    try {
      return MessageDigest.getInstance(algorithm).getDigestLength();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("It was known when the server offered it.", e);
    }
  }
}

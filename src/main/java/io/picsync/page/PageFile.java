package io.picsync.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the page, plain and compressed. The arrays are not to be changed.
 *
 * @param etag of the plain bytes, without quotes
 */
@SuppressWarnings("ArrayRecordComponent")
record PageFile(String type, byte[] plain, byte[] gzip, String etag) {
  private static final int ETAG_BYTES = 12;

  /**
   * @param name as the page's other files name it, such as {@code views/fleet.js}
   */
  static PageFile read(String name, InputStream stream) {
    try (stream) {
      byte[] plain = stream.readAllBytes();
      return new PageFile(type(name), plain, gzip(plain), etag(plain));
    } catch (IOException e) {
      throw new UncheckedIOException("The page's file " + name + " can't be read.", e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 2);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static String etag(byte[] plain) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return HexFormat.of().formatHex(digest, 0, ETAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}

package io.picsync.archive.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FtpDigestTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  private static FtpDigest offered(String feature) {
    return FtpDigest.offered(feature).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "' HASH SHA-1;SHA-256*;MD5', HASH, SHA-256",
    "'HASH CRC32*;MD5', HASH, CRC32",
    "' XSHA256', XSHA256, SHA-256",
    "' XSHA1 path', XSHA1, SHA-1",
    "' xmd5', XMD5, MD5",
    "' XCRC filename;start;end', XCRC, CRC32"
  })
  void featuresTellTheDigest(String feature, String verb, String algorithm) {
    assertThat(offered(feature)).isEqualTo(new FtpDigest(verb, algorithm));
  }

  @ParameterizedTest
  @CsvSource({"HASH", "HASH SHA-1;MD5", "HASH WHIRLPOOL*", "SIZE", "XDUPE", "''"})
  void otherFeaturesAreNone(String feature) {
    assertThat(FtpDigest.offered(feature)).isEmpty();
  }

  @Test
  void strongerOneIsTaken() {
    FtpDigest crc = offered("XCRC");
    FtpDigest sha = offered("XSHA256");
    FtpDigest hash = offered("HASH SHA-256*");

    assertThat(FtpDigest.better(null, crc)).isEqualTo(crc);
    assertThat(FtpDigest.better(sha, crc)).isEqualTo(sha);
    assertThat(FtpDigest.better(sha, hash)).isEqualTo(hash);
    assertThat(FtpDigest.better(hash, sha)).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "XCRC, 352441c2",
    "XMD5, 900150983cd24fb0d6963f7d28e17f72",
    "XSHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
    "XSHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  })
  void bytesPassThroughAndTheirDigestIsKnown(String verb, String expected) throws IOException {
    FtpDigest.Computing computing = offered(verb).computing(new ByteArrayInputStream(ABC));

    assertThat(computing.bytes().readAllBytes()).isEqualTo(ABC);
    assertThat(computing.digest().get()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "250, 250 352441C2",
    "250, 250 352441c2 /a.jpg",
    "213, 213 CRC32 0-3 352441c2 /a.jpg",
    "250, 250 XCRC: 352441C2"
  })
  void digestIsFoundInTheWaysServersTellIt(int code, String text) {
    assertThat(offered("XCRC").in(new FtpReply(code, text))).contains("352441c2");
  }

  @ParameterizedTest
  @CsvSource({
    "550, 550 352441c2",
    "250, 250 352441",
    "250, 250 352441zz",
    "250, 250",
    "250, 250 a b c 352441c2"
  })
  void whatIsNoDigestIsNone(int code, String text) {
    assertThat(offered("XCRC").in(new FtpReply(code, text))).isEmpty();
  }
}

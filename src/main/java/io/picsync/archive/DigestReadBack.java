package io.picsync.archive;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Compares by SHA-256, for streams that are read once. */
final class DigestReadBack extends ReadBack {
  private final MessageDigest sent = sha256();
  private final MessageDigest received = sha256();

  DigestReadBack(Flow flow) {
    super(flow);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  @Override
  InputStream sending(InputStream bytes) {
    return new DigestInputStream(bytes, sent);
  }

  @Override
  OutputStream comparing() {
    return new DigestOutputStream(OutputStream.nullOutputStream(), received);
  }

  @Override
  boolean cameBack() {
    return MessageDigest.isEqual(sent.digest(), received.digest());
  }
}

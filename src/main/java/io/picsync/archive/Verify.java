package io.picsync.archive;

import io.picsync.settings.SettingsException;

/** How far a stored picture is verified before it becomes visible. */
public enum Verify {
  /** The size that the server tells. */
  size,
  /** Also the digest that the server computes, where it offers one. */
  hash;

  /**
   * @param key the configuration key, for the message
   */
  public static Verify of(String key, String text) {
    for (Verify verify : values()) {
      if (verify.name().equals(text)) {
        return verify;
      }
    }
    throw new SettingsException("%s=%s: size or hash is wanted.".formatted(key, text));
  }
}

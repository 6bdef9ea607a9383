package io.picsync.archive.ftp;

import io.picsync.archive.Names;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A reply of RFC 959: a three-digit code and its text, all lines of it. */
record FtpReply(int code, String text) {
  FtpReply(int code, @Nullable String text) {
    this.code = code;
    this.text = text == null ? "" : text.strip();
  }

  /** The transfer is complete (226), or the action is (250): the only words that make it so. */
  boolean saysComplete() {
    return code == 226 || code == 250;
  }

  boolean isPositive() {
    return code >= 200 && code < 300;
  }

  /** 4yz: the same command may do better later. */
  boolean mayPass() {
    return code >= 400 && code < 500;
  }

  /** 500, 502, 504: the server doesn't know the command. */
  boolean isUnknownCommand() {
    return code == 500 || code == 502 || code == 504;
  }

  /**
   * Whether this can be the reply to the command: a refusal can be one to any, and success has the
   * codes of RFC 959 and RFC 3659, or 200 where servers take it for all.
   */
  boolean answers(String verb) {
    if (code >= 400 && code < 600) {
      return true;
    }
    return switch (verb) {
      case "SIZE" -> code == 213;
      case "MDTM", "MFMT" -> code == 213 || code == 253 || code == 250 || code == 200;
      case "RNFR" -> code == 350;
      case "RNTO", "DELE", "CWD" -> code == 250 || code == 200;
      case "MKD" -> code == 257 || code == 250;
      case "STAT" -> code >= 211 && code <= 213;
      default -> isPositive();
    };
  }

  /** Bytes, where this answers SIZE with them; else -1. */
  long size() {
    if (code != 213 || text.length() < 5) {
      return -1;
    }
    try {
      return Long.parseLong(text.substring(4).strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * 452 and 552, and 451 or 550 with the words that disks say (ProFTPD). vsftpd does not tell them:
   * {@code 451 Failure writing to local file.}
   */
  boolean saysNoSpace() {
    String lower = text.toLowerCase(Locale.ROOT);
    return code == 452
        || code == 552
        || lower.contains("no space")
        || lower.contains("disk full")
        || lower.contains("failure writing to local file")
        || lower.contains("quota exceeded");
  }

  /**
   * Whether a refused login is for want of a place, and no matter of names and passwords. ProFTPD:
   * {@code 530 Sorry, the maximum number of clients (2) from your host are already connected.}
   */
  boolean saysTooMany() {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("too many")
        || lower.contains("maximum number")
        || lower.contains("already logged in")
        || lower.contains("already connected")
        || lower.contains("limit");
  }

  /** Without the dot at its end: it stands in sentences. */
  @Override
  public String toString() {
    return Names.printable(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }
}

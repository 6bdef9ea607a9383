package io.picsync.testing;

import java.util.Set;

/**
 * How a scripted server presents itself: who may log in, and which commands it does not know.
 *
 * @param setsTimes whether MDTM with a time sets it, as vsftpd and ProFTPD allow
 */
record FtpAccount(String user, String password, Set<String> without, boolean setsTimes) {
  FtpAccount {
    without = Set.copyOf(without);
  }

  /** The reply to FEAT; MLST stands for MLSD as well (RFC 3659). */
  String features() {
    StringBuilder features = new StringBuilder("211-Features:\r\n");
    for (String verb : new String[] {"EPSV", "MDTM", "MFMT", "PASV", "SIZE"}) {
      if (!without.contains(verb)) {
        features.append(' ').append(verb).append("\r\n");
      }
    }
    if (!without.contains("MLSD")) {
      features.append(" MLST type*;size*;modify*;\r\n");
    }
    return features.append(" UTF8\r\n211 End").toString();
  }
}

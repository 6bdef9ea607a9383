package io.picsync.testing;

import java.nio.file.Path;

/** Lines of passwd(5) for the one user of a test, whose password is {@code picsync}. */
final class UnixPassword {
  /** As crypt(3) keeps it. */
  static final String SECRET =
      "$6$picsync$/koXziUKyrXaYTC82rLQ0uvG0HRcXPRpCiGErKij3OWIoYg9Qpe.01.x18nhpcYljFTsLdC/7NMorj7J5BeEH1";

  private UnixPassword() {}

  static String line(String user, Owner owner, Path home) {
    return "%s:%s:%d:%d::%s:/bin/sh\n".formatted(user, SECRET, owner.uid(), owner.gid(), home);
  }
}

package io.picsync.archive.sftp;

/** What a client asks, SSH_FXP_*, of draft-ietf-secsh-filexfer-02 (version 3). */
enum Verb {
  INIT(1),
  OPEN(3),
  CLOSE(4),
  READ(5),
  WRITE(6),
  LSTAT(7),
  SETSTAT(9),
  OPENDIR(11),
  READDIR(12),
  REMOVE(13),
  MKDIR(14),
  REALPATH(16),
  STAT(17),
  RENAME(18),
  EXTENDED(200);

  private final int code;

  Verb(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}

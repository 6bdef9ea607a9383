package io.picsync.archive.sftp;

/** What OpenSSH and others add to version 3; its PROTOCOL file describes them. */
enum Extension {
  /** Brings a file to the disk. */
  FSYNC("fsync@openssh.com", "1"),
  /** Gives a file a second name, never one that is taken. */
  HARDLINK("hardlink@openssh.com", "1"),
  /** Tells how long requests may be. */
  LIMITS("limits@openssh.com", "1"),
  /** Tells how full a disk is. */
  STATVFS("statvfs@openssh.com", "2");

  private final String key;
  private final String version;

  Extension(String key, String version) {
    this.key = key;
    this.version = version;
  }

  String key() {
    return key;
  }

  String version() {
    return version;
  }
}

package io.picsync.archive.sftp;

/** The server's name for a file or folder that it holds open. Immutable. */
final class Handle {
  private final byte[] name;

  /**
   * @param name kept, not copied
   */
  Handle(byte[] name) {
    this.name = name;
  }

  /** As it is sent; not to be changed. */
  byte[] name() {
    return name;
  }
}

package io.picsync.archive.sftp;

import java.io.IOException;

/** How much room the server's disk has, where statvfs@openssh.com tells it. */
final class SftpSpace {
  private final SftpSession session;

  SftpSpace(SftpSession session) {
    this.session = session;
  }

  /** The same where a file is or will be. */
  long free(String path) throws IOException {
    return freeIn(path.substring(0, Math.max(1, path.lastIndexOf('/'))));
  }

  /**
   * @return bytes that an ordinary user may still write, 0 without a free inode, -1 for not told
   */
  long freeIn(String folder) throws IOException {
    if (!session.knows(Extension.STATVFS)) {
      return -1;
    }
    Reply reply = session.requests().await(session.requests().statvfs(folder));
    if (reply.isStatus()) {
      return -1;
    }
    reply.expect(Reply.EXTENDED_REPLY).large(); // the preferred block size
    long block = reply.large();
    reply.large(); // blocks in all
    reply.large(); // blocks free for root
    long blocks = reply.large();
    long inodes = reply.large();
    reply.large(); // inodes free for root
    long freeInodes = reply.large();
    return inodes > 0 && freeInodes == 0 ? 0 : block * blocks;
  }

  boolean isFull(String path, long needed) throws IOException {
    long free = free(path);
    return free >= 0 && free < needed;
  }
}

package io.picsync.archive.ftp;

import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.lines.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Tells an empty folder from one that may be entered but not read: ProFTPD answers LIST of both
 * with 226 and no line. Servers that know {@code LIST -a} tell of {@code .} in each folder that may
 * be read. Of servers that don't, nothing more can be learned, and their word stands.
 */
final class EmptyFolder {
  private final FtpSession session;
  private final Location folder;

  EmptyFolder(FtpSession session, Location folder) {
    this.session = session;
    this.folder = folder;
  }

  /**
   * Whether it may be read, for all that the server tells. To be asked after CWD and an empty LIST;
   * changes the working directory.
   */
  boolean mayBeRead() throws IOException {
    if (tellsOfItself()) {
      session.facts().listsItself(true);
      return true;
    }
    if (!session.facts().knowsListsItself()) {
      session.dialogue().command("CWD", session.paths().of(new Location("", "")));
      session.facts().listsItself(tellsOfItself());
    }
    return !session.facts().listsItself();
  }

  private boolean tellsOfItself() throws IOException {
    Optional<FtpTransfer> opened = session.openData("LIST", "-a");
    if (opened.isEmpty()) {
      return false;
    }
    FtpTransfer transfer = opened.get();
    boolean[] told = new boolean[1];
    try (transfer;
        InputStream in = transfer.input()) {
      new LineReader(in).readAll(line -> told[0] |= line.toString().endsWith(" ."));
    }
    FtpReply last = transfer.finalReply();
    if (last.mayPass()) {
      throw new PassingException(
          "The folder %s on server %s was listed in part: %s."
              .formatted(folder, session.server(), last));
    }
    return told[0];
  }
}

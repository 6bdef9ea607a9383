package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;

/**
 * NetWare: {@code d [RWCEAFMS] camera 512 Jul 14 15:30 20110714}, rights in brackets. Some versions
 * put one blank before the name, others four; NetWare's names begin with none, so the first line
 * decides and the others must be like it.
 */
final class NetWareParser extends LineParser {
  private static final int UNKNOWN = -1;

  private int blanks = UNKNOWN;

  NetWareParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    int type = line.at(0);
    int rights = line.blanksEnd(1);
    int owner = line.blanksEnd(rightsEnd(line, rights));
    int sizeEnd = line.wordEnd(line.blanksEnd(line.wordEnd(owner)));
    long size = UnixParser.numberBefore(line, sizeEnd);
    if ((type != 'd' && type != '-') || owner <= rights || size < 0) {
      return false;
    }
    int behindDate = ListDate.nameAfter(line, line.blanksEnd(sizeEnd));
    int name = behindDate < 0 ? line.length() : line.blanksEnd(behindDate);
    if (name == line.length() || (blanks != UNKNOWN && blanks != name - behindDate)) {
      return false;
    }
    blanks = name - behindDate;
    if (type == 'd') {
      listing.folder(decode(line, name));
    } else {
      listing.picture(decode(line, name), size, null);
    }
    return true;
  }

  /** Behind the closing bracket; where the rights begin if that is wrong. */
  private static int rightsEnd(Line line, int at) {
    int i = at + 1;
    while ("RWCEAFMS-".indexOf(line.at(i)) >= 0) {
      i++;
    }
    return line.at(at) == '[' && line.at(i) == ']' && line.at(i + 1) == ' ' ? i + 1 : at;
  }
}

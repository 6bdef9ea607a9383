package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;
import java.util.List;

/**
 * OS/400 outside its libraries: {@code CAMERA 1234 07/14/11 15:30:10 *STMF a.jpg}. Only a stream
 * file ({@code *STMF}) is bytes; a folder ({@code *DIR}, {@code *FLR}) has a slash behind its name.
 * Types fill a column of ten characters.
 */
final class OsFourHundredParser extends LineParser {
  private static final int TYPE_COLUMN = 11;

  OsFourHundredParser(Charset charset) {
    super(charset);
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    int ownerEnd = line.wordEnd(0);
    int size = line.blanksEnd(ownerEnd);
    int sizeEnd = line.wordEnd(size);
    int date = line.blanksEnd(sizeEnd);
    int time = line.blanksEnd(line.wordEnd(date));
    int timeEnd = ListTime.end(line, time);
    int type = line.blanksEnd(Math.max(0, timeEnd));
    int name = type + TYPE_COLUMN;
    long bytes = line.number(size, sizeEnd);
    if (ownerEnd == 0
        || timeEnd < 0
        || bytes < 0
        || line.at(type) != '*'
        || !isDate(line, date)
        || name >= line.length()
        || line.blanksEnd(line.wordEnd(type)) < name) {
      return false;
    }
    if (line.says("*STMF ", type)) {
      listing.picture(decode(line, name), bytes, null);
    } else if (!line.says("*DIR ", type) && !line.says("*FLR ", type)) {
      listing.notAFile(List.of(decode(line, name)));
    } else if (line.at(line.length() - 1) != '/') {
      return false;
    } else {
      listing.folder(decode(line, name, line.length() - 1));
    }
    return true;
  }

  /** {@code 07/14/11}, {@code 14.07.11}, {@code 2011-07-14}. */
  private static boolean isDate(Line line, int at) {
    int end = line.wordEnd(at);
    int first = line.digitsEnd(at);
    int second = line.digitsEnd(first + 1);
    return first > at
        && first < end
        && second > first + 1
        && second < end
        && line.at(first) == line.at(second)
        && line.digitsEnd(second + 1) == end;
  }
}

package io.picsync.archive.lines;

import io.picsync.archive.ListingBuilder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ls -l} and whatever imitates it: mode, links, owner, group (missing on some servers, of
 * several words on others), size, date, one blank, then the name to the end of the line, blanks and
 * all.
 *
 * <pre>
 * -rw-r--r--   1 ftp      ftp          1234 Jul 14  2011 a.jpg
 * drwxr-xr-x+  2 camera   Domain Users 4096 14. Jul 15:30 20110714
 * lrwxrwxrwx   1 1000     1000           11 2011-07-14 15:30 today -> 20110714
 * </pre>
 */
final class UnixParser extends LineParser {
  private static final String TYPES = "-dlbcpsD";
  private static final int MODE = 10;

  /** Counted from the mode: a date found further right is part of the name. */
  private static final int LAST_DATE_FIELD = 7;

  UnixParser(Charset charset) {
    super(charset);
  }

  static boolean isType(int c) {
    return TYPES.indexOf(c) >= 0;
  }

  @Override
  public boolean parse(Line line, ListingBuilder listing) {
    if (!isType(line.at(0))) {
      return false;
    }
    int before = modeEnd(line);
    int at = line.blanksEnd(before);
    if (before < 0 || at == before) {
      return false;
    }
    for (int field = 1; field <= LAST_DATE_FIELD && at < line.length(); field++) {
      if (field >= 3 && line.isDigit(before - 1)) {
        int name = ListDate.nameAfter(line, at);
        if (name == ListDate.AMBIGUOUS) {
          return false;
        }
        if (name > 0) {
          return entry(line, before, name, listing);
        }
      }
      before = line.wordEnd(at);
      at = line.blanksEnd(before);
    }
    return false;
  }

  /** {@code rwxr-xr-x} and one mark for an ACL or a security context. */
  private static int modeEnd(Line line) {
    for (int i = 1; i < MODE; i++) {
      switch (line.at(i)) {
        case '-', 'r', 'w', 'x', 's', 'S', 't', 'T', 'l', 'L' -> {}
        default -> {
          return -1;
        }
      }
    }
    return switch (line.at(MODE)) {
      case '+', '.', '@' -> MODE + 1;
      default -> MODE;
    };
  }

  private boolean entry(Line line, int sizeEnd, int name, ListingBuilder listing) {
    switch (line.at(0)) {
      case 'd' -> listing.folder(decode(line, name));
      case '-' -> {
        long size = numberBefore(line, sizeEnd);
        if (size < 0) {
          return false;
        }
        listing.picture(decode(line, name), size, null);
      }
      case 'l' -> listing.notAFile(linkNames(decode(line, name)));
      default -> listing.notAFile(List.of(decode(line, name)));
    }
    return true;
  }

  /** A word of its own: in an overfull column {@code group1234} could be either. */
  static long numberBefore(Line line, int end) {
    int from = end;
    while (from > 0 && line.isDigit(from - 1)) {
      from--;
    }
    return from > 0 && line.at(from - 1) == ' ' ? line.number(from, end) : -1;
  }

  /** The link's name, and what else it could be: an arrow may be part of it. */
  private static List<String> linkNames(String text) {
    List<String> names = new ArrayList<>();
    names.add(text);
    for (int arrow = text.indexOf(" -> "); arrow > 0; arrow = text.indexOf(" -> ", arrow + 1)) {
      names.add(text.substring(0, arrow));
    }
    return names;
  }
}

package io.picsync.lists;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. The work for one is bounded however long the list is: it begins at the gzip
 * member that the cursor names and looks at a bounded number of lines.
 *
 * @param lines each a JSON object, without its line end, as it stands in the list
 * @param looked how many lines were looked at for it
 * @param next where the next page begins; empty at the end of the list
 */
public record ListPage(List<String> lines, int looked, Optional<Cursor> next) {
  /** Longer ones are no lines of ours: a path has 4 KB at most. */
  private static final int LONGEST_LINE = 256 * 1024;

  /**
   * Where a page begins.
   *
   * @param member offset of a gzip member in bytes
   * @param line of that member, the first is 0
   */
  public record Cursor(long member, long line) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,9})");
    public static final Cursor START = new Cursor(0, 0);

    /** Empty for a text that is no cursor. */
    public static Optional<Cursor> of(String text) {
      Matcher matcher = TEXT.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return member + "-" + line;
    }
  }

  /**
   * Reads a page.
   *
   * @param limit the most lines of the page
   * @param looks the most lines to look at
   * @throws IOException when the list is damaged, or the cursor is of another list
   */
  public static ListPage read(
      ListSource source, Cursor from, ListFilter filter, int limit, int looks) throws IOException {
    if (from.member() > source.size()) {
      throw new IOException("The cursor is behind the end of the list.");
    }
    List<String> found = new ArrayList<>();
    int looked = 0;
    try (GzipMembers members = new GzipMembers(source.open(from.member()), from.member())) {
      LineCursor lines = new LineCursor(members, from.member());
      for (long skipped = 0; skipped < from.line(); skipped++) {
        if (lines.next() == null) {
          break;
        }
      }
      while (found.size() < limit && looked < looks) {
        String line = lines.next();
        if (line == null) {
          return new ListPage(found, looked, Optional.empty());
        }
        looked++;
        if (filter.wants(line)) {
          found.add(line);
        }
      }
      Cursor next = lines.cursor();
      return new ListPage(
          found, looked, lines.next() == null ? Optional.empty() : Optional.of(next));
    }
  }

  /** Lines of gzip members, and where each begins. */
  private static final class LineCursor {
    private final GzipMembers members;
    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int from;
    private int to;
    private long member;
    private long number;

    LineCursor(GzipMembers members, long member) {
      this.members = members;
      this.member = member;
    }

    Cursor cursor() {
      return new Cursor(member, number);
    }

    @Nullable String next() throws IOException {
      line.reset();
      while (true) {
        if (from == to && !fill()) {
          if (line.size() > 0) {
            throw new IOException("The list is damaged: its last line has no end.");
          }
          return null;
        }
        int end = from;
        while (end < to && buffer[end] != '\n') {
          end++;
        }
        int begin = from;
        from = Math.min(end + 1, to);
        if (end < to && line.size() == 0) {
          number++;
          return new String(buffer, begin, end - begin, StandardCharsets.UTF_8);
        }
        line.write(buffer, begin, end - begin);
        if (end < to) {
          number++;
          return line.toString(StandardCharsets.UTF_8);
        }
        if (line.size() > LONGEST_LINE) {
          throw new IOException("The list is damaged: a line is too long.");
        }
      }
    }

    private boolean fill() throws IOException {
      from = 0;
      to = Math.max(0, members.read(buffer, 0, buffer.length));
      if (to > 0 && members.member() != member) {
        member = members.member();
        number = 0;
      }
      return to > 0;
    }
  }
}

package io.picsync.archive.ftp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reply that ends a listing. A positive one may still say in its words that the listing is not
 * the whole folder.
 */
final class ListingEnd {
  /** Pure-FTPd counts the lines that it sent. */
  private static final Pattern COUNT = Pattern.compile("\\b(\\d{1,18}) matches total\\b");

  private static final List<String> FORBIDDEN =
      List.of(
          "failed to open", // vsftpd: 226 Transfer done (but failed to open directory).
          "unable to read"); // Pure-FTPd: 226-Sorry, we were unable to read [.]

  /** Pure-FTPd beyond its LimitRecursion: 226 Output truncated to 10000 matches. */
  private static final String TRUNCATED = "truncated";

  private ListingEnd() {}

  /**
   * @param lines as many as came
   * @return why the folder can't be trusted; null when nothing speaks against it
   */
  static @Nullable String fault(FtpReply last, long lines) {
    if (!last.saysComplete()) {
      return "the listing did not end well: " + last;
    }
    String text = last.text().toLowerCase(Locale.ROOT);
    if (FORBIDDEN.stream().anyMatch(text::contains)) {
      return "it may not be listed: " + last;
    }
    if (text.contains(TRUNCATED)) {
      return "the server limits the length of its listings: %s. Raise that limit (LimitRecursion of Pure-FTPd)."
          .formatted(last);
    }
    Matcher count = COUNT.matcher(text);
    if (count.find() && Long.parseLong(count.group(1)) != lines) {
      return "%d lines came of those that the server sent: %s".formatted(lines, last);
    }
    return null;
  }
}

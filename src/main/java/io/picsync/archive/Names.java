package io.picsync.archive;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names from a server are data. One that could leave the archive, split a command line (CR, LF, as
 * commons-net sends them on) or not exist on a disk is refused before it is used anywhere.
 */
public final class Names {
  /** The longest name of ext4, XFS, NTFS and ZFS, in bytes of UTF-8. */
  public static final int LONGEST = 255;

  private Names() {}

  /** Why a name of one folder entry is refused, or null when it is fine. */
  public static @Nullable String fault(String name) {
    if (name.isEmpty()) {
      return "it is empty";
    }
    if (name.equals(".") || name.equals("..")) {
      return "it leaves its folder";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '/') {
        return "it holds a slash";
      }
      if (c < ' ' || c == 0x7f) {
        return "it holds a control character";
      }
      if (c == 0xfffd) {
        return "it is not valid in the server's encoding";
      }
    }
    if (name.length() > LONGEST / 4 && name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return "it is longer than " + LONGEST + " bytes";
    }
    return null;
  }

  /** The same for a relative path, segment by segment. */
  public static @Nullable String faultOfPath(String path) {
    int from = 0;
    while (true) {
      int slash = path.indexOf('/', from);
      String fault = fault(path.substring(from, slash < 0 ? path.length() : slash));
      if (fault != null || slash < 0) {
        return fault;
      }
      from = slash + 1;
    }
  }

  /** For messages: control characters shown as {@code \\uXXXX}, the middle of a long name cut. */
  public static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    String cut =
        text.length() <= 120
            ? text
            : text.substring(0, 80) + "…" + text.substring(text.length() - 30);
    cut.chars()
        .forEach(
            c -> {
              if (c < ' ' || c == 0x7f) {
                shown.append("\\u%04x".formatted(c));
              } else {
                shown.append((char) c);
              }
            });
    return shown.toString();
  }
}

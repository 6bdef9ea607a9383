package io.picsync.testing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Writes folders the two ways FTP knows: LIST in the form of {@code ls -l}, MLSD as facts. */
final class FtpListing {
  static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter RECENT =
      DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter OLD =
      DateTimeFormatter.ofPattern("MMM dd  yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final String SELF =
      "drwxr-xr-x    2 ftp      ftp              4096 Jul 14  2011 .\r\n";
  private static final String PARENT = SELF.replace(" .", " ..");

  private FtpListing() {}

  static byte[] list(List<MemoryTree.Entry> entries, boolean dotFiles, Instant now) {
    StringBuilder lines = new StringBuilder(dotFiles ? SELF + PARENT : "");
    for (MemoryTree.Entry entry : entries) {
      if (dotFiles || !entry.name().startsWith(".")) {
        lines.append(unix(entry, now)).append("\r\n");
      }
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] machineList(List<MemoryTree.Entry> entries) {
    StringBuilder lines = new StringBuilder("type=cdir; .\r\ntype=pdir; ..\r\n");
    for (MemoryTree.Entry entry : entries) {
      lines.append(facts(entry)).append(' ').append(entry.name()).append("\r\n");
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String facts(MemoryTree.Entry entry) {
    String modified = "modify=" + STAMP.format(entry.modified()) + ";";
    return entry.folder()
        ? "type=dir;" + modified
        : "type=file;size=" + entry.bytes() + ";" + modified;
  }

  private static String unix(MemoryTree.Entry entry, Instant now) {
    Duration age = Duration.between(entry.modified(), now);
    boolean recent = !age.isNegative() && age.toDays() < 180;
    return String.format(
        Locale.ROOT,
        "%s    1 ftp      ftp      %12d %s %s",
        entry.folder() ? "drwxr-xr-x" : "-rw-r--r--",
        entry.bytes(),
        (recent ? RECENT : OLD).format(entry.modified()),
        entry.name());
  }
}

package io.picsync.report;

import io.picsync.lists.ListSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.YearMonth;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * The zip archive {@code YYYY-MM.zip} of one month's reports and lists of a sync. Reports are
 * deflated; lists are stored, they are gzip already, so a page of one begins in its middle.
 * Immutable; keeps no file open.
 */
public final class Bundle {
  private static final Pattern NAME = Pattern.compile("(\\d{4}-(0[1-9]|1[0-2]))\\.zip");

  /** A report is never larger; what claims to be is not unpacked. */
  private static final long LARGEST = 1024 * 1024;

  private record Entry(long offset, long compressed, long size, int method) {}

  private final Path file;
  private final FileTime time;
  private final Map<String, Entry> entries;

  private Bundle(Path file, FileTime time, Map<String, Entry> entries) {
    this.file = file;
    this.time = time;
    this.entries = entries;
  }

  public static Path file(Path syncFolder, YearMonth month) {
    return syncFolder.resolve(month + ".zip");
  }

  /** The month of a bundle, empty for another file. */
  public static Optional<YearMonth> month(Path file) {
    Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
    return matcher.matches() ? Optional.of(YearMonth.parse(matcher.group(1))) : Optional.empty();
  }

  /**
   * Reads what it holds, not the content.
   *
   * @throws IOException when it is no whole zip archive
   */
  public static Bundle open(Path file) throws IOException {
    Map<String, Entry> entries = new HashMap<>();
    FileTime time = Files.getLastModifiedTime(file);
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        entries.put(
            entry.getName(),
            new Entry(
                entry.getDataOffset(),
                entry.getCompressedSize(),
                entry.getSize(),
                entry.getMethod()));
      }
    }
    return new Bundle(file, time, Map.copyOf(entries));
  }

  /** Whether the file is the one that was opened. */
  boolean isCurrent() throws IOException {
    return Files.getLastModifiedTime(file).equals(time);
  }

  public Set<String> names() {
    return entries.keySet();
  }

  /** The bytes of a report; empty when it holds none of that name. */
  Optional<byte[]> report(String name) throws IOException {
    Entry entry = entries.get(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.size() > LARGEST) {
      throw new IOException(
          "The bundle " + file + " holds a report of " + entry.size() + " bytes.");
    }
    Inflater inflater = new Inflater(true);
    try (InputStream raw = source(entry).open(0);
        InputStream in =
            entry.method() == ZipEntry.STORED ? raw : new InflaterInputStream(raw, inflater)) {
      byte[] report = in.readNBytes((int) entry.size());
      if (report.length != entry.size()) {
        throw new IOException("The bundle " + file + " ends within " + name + ".");
      }
      return Optional.of(report);
    } finally {
      inflater.end();
    }
  }

  /** Where a list lies in it. */
  Optional<ListSource> list(String name) {
    Entry entry = entries.get(name);
    return entry == null || entry.method() != ZipEntry.STORED
        ? Optional.empty()
        : Optional.of(source(entry));
  }

  private ListSource source(Entry entry) {
    return new ListSource(file, entry.offset(), entry.compressed());
  }
}

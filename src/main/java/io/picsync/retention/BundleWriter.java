package io.picsync.retention;

import io.picsync.report.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Writes a bundle. One thread. */
final class BundleWriter implements AutoCloseable {
  private static final String GZIP = ".gz";

  private final ZipArchiveOutputStream zip;

  BundleWriter(Path file) throws IOException {
    zip = new ZipArchiveOutputStream(file);
  }

  /** Takes over what an older bundle of the month holds, byte for byte. */
  void addAll(Path older) throws IOException {
    try (ZipFile from = ZipFile.builder().setPath(older).get()) {
      from.copyRawEntries(zip, entry -> true);
    }
  }

  /** Reports are deflated, lists stored: {@link Bundle} reads pages of them in their middle. */
  void add(Path file) throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(String.valueOf(file.getFileName()));
    entry.setTime(Files.getLastModifiedTime(file));
    if (entry.getName().endsWith(GZIP)) {
      entry.setMethod(ZipArchiveEntry.STORED);
      entry.setSize(Files.size(file));
      entry.setCrc(sum(file));
    }
    zip.putArchiveEntry(entry);
    Files.copy(file, zip);
    zip.closeArchiveEntry();
  }

  private static long sum(Path file) throws IOException {
    CRC32 sum = new CRC32();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), sum)) {
      in.transferTo(out);
    }
    return sum.getValue();
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}

package io.picsync.lists;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The gzip bytes of a list, wherever they lie: a file, or a stored entry of a zip archive.
 * Immutable.
 *
 * @param offset of the first byte in the file
 * @param size in bytes
 */
public record ListSource(Path file, long offset, long size) {

  /**
   * The bytes from {@code from} on; the caller closes it.
   *
   * @param from counted from the list's first byte
   */
  public InputStream open(long from) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(offset + from);
    return BoundedInputStream.builder()
        .setInputStream(Channels.newInputStream(channel))
        .setMaxCount(Math.max(0, size - from))
        .setPropagateClose(true)
        .get();
  }
}

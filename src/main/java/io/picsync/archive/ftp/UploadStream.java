package io.picsync.archive.ftp;

import io.picsync.archive.StallWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Writes to a data connection, and knows whose fault it was when that failed. {@link #endIfStalled}
 * breaks it when the server takes nothing for too long.
 */
final class UploadStream extends OutputStream {
  private final DataConnection data;
  private final OutputStream out;
  private final StallWatch watch;
  private boolean failed;

  /**
   * @param longest that one write may take; zero for no limit
   */
  UploadStream(DataConnection data, Duration longest) throws IOException {
    this.data = data;
    this.out = data.output();
    this.watch = new StallWatch(longest, data::abort); // which wakes the writer
  }

  /** Any thread may call this. */
  void endIfStalled() {
    watch.endIfStalled();
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    watched(() -> out.write(from, offset, length));
  }

  /** After the last byte: ends the data connection in order. */
  void finish() throws IOException {
    watched(data::finish);
  }

  /** Whether the server's side failed; else it was the content that could not be read. */
  boolean failed() {
    return failed;
  }

  private void watched(StallWatch.Write write) throws IOException {
    try {
      watch.during(write);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    data.close();
  }
}

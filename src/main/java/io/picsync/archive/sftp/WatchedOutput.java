package io.picsync.archive.sftp;

import io.picsync.archive.StallWatch;
import java.io.IOException;
import java.io.OutputStream;

/** Writes to a channel under a watch: JSch waits for the server's window as long as it takes. */
final class WatchedOutput extends OutputStream {
  private final OutputStream out;
  private final StallWatch watch;

  WatchedOutput(OutputStream out, StallWatch watch) {
    this.out = out;
    this.watch = watch;
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
    watch.during(() -> out.write(from, offset, length));
  }

  @Override
  public void flush() throws IOException {
    watch.during(out::flush);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

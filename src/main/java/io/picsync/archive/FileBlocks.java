package io.picsync.archive;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Single bytes of a file, anywhere in it, read block by block. Not thread-safe. */
final class FileBlocks implements AutoCloseable {
  private static final int BLOCK = 8192;

  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
  private long loaded = -1;

  FileBlocks(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  int at(long position) throws IOException {
    long wanted = position / BLOCK;
    if (wanted != loaded) {
      load(wanted);
    }
    int offset = (int) (position % BLOCK);
    if (offset >= block.limit()) {
      throw new EOFException("the file ends before byte " + position);
    }
    return block.get(offset) & 0xff;
  }

  private void load(long number) throws IOException {
    loaded = -1;
    block.clear();
    long from = number * BLOCK;
    while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {}
    block.flip();
    loaded = number;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package io.picsync.archive.file;

import io.picsync.archive.CancelledException;
import io.picsync.archive.PassingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;

/**
 * Reads a file that was just written: from the disk itself, past the memory that still holds what
 * was written, where the file system can do that (O_DIRECT; not tmpfs, for one).
 */
final class DiskRead {
  static final OpenOption[] FROM_THE_DISK = fromTheDisk();

  private final Path file;
  private final long length;
  private final int chunk;

  /**
   * @param length bytes that it must have
   * @param chunk bytes at once: a multiple of any disk's blocks
   */
  DiskRead(Path file, long length, int chunk) {
    this.file = file;
    this.length = length;
    this.chunk = chunk;
  }

  /**
   * @throws PassingException when it has not that length
   */
  void moveTo(OutputStream out, BooleanSupplier cancelled) throws IOException {
    try (FileChannel channel = open()) {
      WritableByteChannel to = Channels.newChannel(out);
      ByteBuffer buffer = buffer();
      long moved = 0;
      // never asked past a short read: what follows one is no whole block any more
      for (boolean all = false; !all; ) {
        if (cancelled.getAsBoolean()) {
          throw new CancelledException("Stopped on request: read back " + file + ".");
        }
        int read = channel.read(buffer.clear());
        all = read < chunk;
        buffer.flip();
        moved += to.write(buffer);
      }
      if (moved != length) {
        throw new PassingException(
            "%s has %d bytes on the disk where %d were written.".formatted(file, moved, length));
      }
    }
  }

  /** O_DIRECT by name: it is the JDK's own (jdk.unsupported), which compilers warn of. */
  private static OpenOption[] fromTheDisk() {
    try {
      for (Object own : Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (own instanceof OpenOption option && own.toString().equals("DIRECT")) {
          return new OpenOption[] {StandardOpenOption.READ, option};
        }
      }
    } catch (ClassNotFoundException e) {
      // a runtime without that module reads what the system holds
    }
    return new OpenOption[] {StandardOpenOption.READ};
  }

  private FileChannel open() throws IOException {
    try {
      return FileChannel.open(file, FROM_THE_DISK);
    } catch (IOException | UnsupportedOperationException e) {
      return FileChannel.open(file, StandardOpenOption.READ);
    }
  }

  private ByteBuffer buffer() throws IOException {
    try {
      int block = Math.toIntExact(Files.getFileStore(file).getBlockSize());
      return ByteBuffer.allocateDirect(chunk + block).alignedSlice(block).limit(chunk).slice();
    } catch (UnsupportedOperationException e) {
      return ByteBuffer.allocate(chunk);
    }
  }
}

package io.picsync.lists;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are seen whole or not at all, also after a power failure: written under a hidden
 * temporary name, synced, renamed, the folder synced.
 */
public final class WholeFile {
  private static final String PART = ".picsync.part";
  private static final Logger LOG = LoggerFactory.getLogger(WholeFile.class);

  private WholeFile() {}

  /** The temporary name beside the file. */
  public static Path part(Path target) {
    return target.resolveSibling("." + target.getFileName() + PART);
  }

  /** The temporary files in a folder: being written now, or left over. */
  public static List<Path> parts(Path folder) throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
      parts.forEach(all::add);
    }
    return all;
  }

  /** Makes the missing folders down to this one, each synced into the one above it. */
  public static void makeFolders(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (Files.isDirectory(folder)) {
      return;
    }
    if (parent != null) {
      makeFolders(parent);
    }
    Files.createDirectories(folder); // fine if another thread made it meanwhile
    syncFolder(parent);
  }

  /** Opens the temporary file, empty; makes the folder. */
  static FileChannel open(Path target) throws IOException {
    makeFolders(target.toAbsolutePath().resolveSibling(""));
    return FileChannel.open(
        part(target),
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Syncs and closes the temporary file and gives it its name. */
  static void publish(Path target, FileChannel written) throws IOException {
    written.force(true);
    written.close();
    Files.move(part(target), target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(target.getParent());
  }

  /** Gives the temporary file beside {@code target}, which is whole and closed, its name. */
  public static void publish(Path target) throws IOException {
    publish(target, FileChannel.open(part(target), StandardOpenOption.WRITE));
  }

  /**
   * Writes a file; an older one of that name is replaced.
   *
   * @throws UnwritableFileException when it can't; nothing is left then
   */
  public static void write(Path target, byte[] content) throws IOException {
    try (FileChannel channel = open(target)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      publish(target, channel);
    } catch (IOException e) {
      Files.deleteIfExists(part(target));
      throw new UnwritableFileException(target, e);
    }
  }

  /** Makes a new name in the folder outlive a power failure, where folders can be synced. */
  public static void syncFolder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      LOG.debug("The folder {} can't be synced.", folder, e);
    }
  }
}

package io.picsync.archive.file;

import io.picsync.archive.Location;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.PictureExistsException;
import io.picsync.archive.Pump;
import io.picsync.archive.ReadBack;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Stored;
import io.picsync.archive.TemporaryNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copy protocol for one picture on a local disk: temporary file, bytes, size, modified time,
 * fsync, for some the bytes read again, publish without replacing, fsync of the folder.
 */
final class FilePublication {
  private static final Logger LOG = LoggerFactory.getLogger(FilePublication.class);

  private final String server;
  private final Location picture;
  private final Path target;
  private final Path part;
  private final FolderSyncs folders;
  private final int chunk;
  private boolean begun;

  FilePublication(
      String server,
      Location picture,
      Path target,
      TemporaryNames names,
      FolderSyncs folders,
      int chunk) {
    this.server = server;
    this.picture = picture;
    this.target = target;
    this.part = target.resolveSibling(names.of(String.valueOf(target.getFileName())));
    this.folders = folders;
    this.chunk = chunk;
  }

  /** Whether the content was touched; before that a failed store may be tried once more. */
  boolean begun() {
    return begun;
  }

  /**
   * @throws NoSuchFileException when the folder is missing
   */
  Stored store(PictureContent content, BooleanSupplier cancelled) throws IOException {
    // Files.exists has an exception made inside where nothing is, as a rule here: 40 µs a picture.
    // To File a link to nowhere is nothing as well; the hard link finds it.
    if (content.size() >= 0 && target.toFile().exists()) {
      return thereAlready(content.size());
    }
    long length;
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      begun = true;
      try {
        OutputStream out = Channels.newOutputStream(channel);
        length = Pump.move(content.bytes(), out, chunk, cancelled, "store " + target);
        content.verifyLength(length);
        if (channel.size() != length) {
          throw new IOException(
              "%d bytes were written, the disk holds %d".formatted(length, channel.size()));
        }
        if (content.modified() != null) {
          Files.setLastModifiedTime(part, FileTime.from(content.modified()));
        }
        channel.force(true);
      } catch (IOException | RuntimeException e) {
        discard();
        throw e;
      }
    }
    boolean cameBack = readBack(content, length, cancelled);
    Stored stored = publish(length);
    return cameBack && stored == Stored.STORED ? Stored.READ_BACK : stored;
  }

  private boolean readBack(PictureContent content, long length, BooleanSupplier cancelled)
      throws IOException {
    ReadBack back = content.readBack();
    if (back == null) {
      return false;
    }
    try {
      new DiskRead(part, length, chunk).moveTo(back.receiving(), cancelled);
      back.compare(picture, server);
      return true;
    } catch (IOException | RuntimeException e) {
      discard();
      throw e;
    }
  }

  private Stored publish(long length) throws IOException {
    try {
      link();
    } catch (FileAlreadyExistsException e) {
      return thereAlready(length);
    } finally {
      discard();
    }
    folders.sync(target.resolveSibling(""));
    return Stored.STORED;
  }

  /** A hard link is the one way to give a name that fails when the name is taken. */
  private void link() throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      // FAT, some network disks: no hard links; look, then rename, with a gap of microseconds
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      rename();
    }
  }

  private void rename() throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new PassingException(
          "The folder of %s vanished while it was stored.".formatted(target), e);
    } catch (AtomicMoveNotSupportedException e) {
      throw new RefusedException(
          "The disk of %s can't rename atomically; a picture could be seen half.".formatted(target),
          e);
    }
  }

  private Stored thereAlready(long size) throws IOException {
    long present = Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) ? Files.size(target) : -1;
    if (present >= 0 && present == size) {
      return Stored.ALREADY_THERE;
    }
    throw new PictureExistsException(
        "%s is there already %s; the picture has %d. It is left as it is."
            .formatted(
                target, present < 0 ? "and is not a file" : "with " + present + " bytes", size));
  }

  private void discard() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.warn("A temporary file could not be removed. file={} why={}", part, e.toString());
    }
  }
}

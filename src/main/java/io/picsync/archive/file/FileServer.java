package io.picsync.archive.file;

import io.picsync.archive.ArchiveException;
import io.picsync.archive.CancelledException;
import io.picsync.archive.FetchedPicture;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.ListingBuilder;
import io.picsync.archive.Location;
import io.picsync.archive.Names;
import io.picsync.archive.NoSpaceException;
import io.picsync.archive.PassingException;
import io.picsync.archive.PictureContent;
import io.picsync.archive.Pump;
import io.picsync.archive.RefusedException;
import io.picsync.archive.Server;
import io.picsync.archive.Spool;
import io.picsync.archive.Stored;
import io.picsync.archive.TemporaryNames;
import io.picsync.archive.VanishedException;
import io.picsync.lists.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A folder of this machine as a server. */
final class FileServer implements Server {
  private static final int CHUNK = 128 * 1024;

  private final String name;
  private final Path root;
  private final TemporaryNames names;
  private final FolderSyncs folders = new FolderSyncs();

  /**
   * @param root absolute; a symbolic link is fine here and only here
   */
  FileServer(String name, Path root, TemporaryNames names) {
    this.name = name;
    this.root = root;
    this.names = names;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return root.toString();
  }

  @Override
  @SuppressWarnings("try") // the turn is held, not used
  public Listing list(Location folder, BooleanSupplier cancelled) throws ArchiveException {
    Path path = resolve(folder);
    ListingBuilder listing = new ListingBuilder(folder.path());
    try (Processors.Turn turn = Processors.OF_THIS_MACHINE.take();
        DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (cancelled.getAsBoolean()) {
          throw new CancelledException("Stopped on request: list " + path + ".");
        }
        add(entry, listing);
      }
    } catch (CancelledException e) {
      throw e;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Listing.Missing(folder.path());
    } catch (AccessDeniedException e) {
      return new Listing.Untrusted(folder.path(), "permission denied");
    } catch (DirectoryIteratorException e) {
      throw new PassingException(says("list", path, e), e);
    } catch (IOException e) {
      throw new PassingException(says("list", path, e), e);
    }
    return listing.build();
  }

  private static void add(Path entry, ListingBuilder listing) throws IOException {
    String name = String.valueOf(entry.getFileName());
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      if (Names.fault(name) != null) {
        listing.ignore(IgnoredReason.REFUSED_NAME); // a name the JVM could not decode
      }
      return; // gone between the two calls: the folder no longer holds it
    }
    if (attributes.isDirectory()) {
      listing.folder(name);
    } else if (attributes.isRegularFile()) {
      listing.picture(name, attributes.size(), attributes.lastModifiedTime().toInstant());
    } else {
      listing.notAFile(List.of(name));
    }
  }

  @Override
  public FetchedPicture fetch(Location picture, long size, Spool spool, BooleanSupplier cancelled)
      throws ArchiveException {
    Path path = resolve(picture);
    Spool.Sink sink = null;
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      long present = Files.size(path);
      if (present != size) {
        throw Pump.grows(name, picture, size, present);
      }
      sink = spool.sink(size);
      sink.takeFrom(in, cancelled, "fetch " + path);
      if (sink.count() != size) {
        throw Pump.wrongLength(name, picture, sink.count(), size);
      }
      return sink.finish(Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (ArchiveException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new VanishedException(says("fetch", path, e), e);
    } catch (AccessDeniedException e) {
      throw new RefusedException(says("fetch", path, e), e);
    } catch (IOException e) {
      throw failure("fetch", path, e);
    } finally {
      if (sink != null) {
        sink.drop();
      }
    }
  }

  @Override
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    FilePublication publication =
        new FilePublication(name, picture, resolve(picture), names, folders, CHUNK);
    try {
      try {
        return publication.store(content, cancelled);
      } catch (NoSuchFileException e) {
        if (publication.begun()) {
          throw e;
        }
        makeFolders(picture.parent());
        return publication.store(content, cancelled);
      }
    } catch (ArchiveException e) {
      throw e;
    } catch (IOException e) {
      throw failure("store", resolve(picture), e);
    }
  }

  @Override
  public void removeTemporary(Location file, BooleanSupplier cancelled) throws ArchiveException {
    TemporaryNames.refuseOthers(file);
    Path path = resolve(file);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedException("%s is a folder; it is left as it is.".formatted(path));
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw failure("remove", path, e);
    }
  }

  /** Inside the archive all that are missing; above it none, so a mistyped archive stays absent. */
  private void makeFolders(Location folder) throws ArchiveException {
    if (!folder.path().isEmpty() && !Files.isDirectory(resolve(folder.parent()))) {
      makeFolders(folder.parent());
    }
    makeFolder(folder, false, () -> false);
  }

  @Override
  public boolean exists(Location folder, BooleanSupplier cancelled) throws RefusedException {
    Path path = resolve(folder);
    if (Files.isRegularFile(path)) {
      throw new RefusedException("%s is a file; a folder is wanted.".formatted(path));
    }
    return Files.isDirectory(path);
  }

  @Override
  public boolean hasParent(Location folder, BooleanSupplier cancelled) {
    Path parent = resolve(folder).getParent();
    return parent == null || Files.isDirectory(parent);
  }

  @Override
  public void makeFolder(Location folder, boolean parents, BooleanSupplier cancelled)
      throws ArchiveException {
    Path path = resolve(folder);
    try {
      if (parents) {
        WholeFile.makeFolders(path);
      } else {
        Files.createDirectory(path);
        WholeFile.syncFolder(path.getParent());
      }
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path)) {
        throw new RefusedException(
            "The folder %s on server %s can't be made: a file of that name is there."
                .formatted(path, name),
            e);
      }
    } catch (NoSuchFileException e) {
      throw new RefusedException(
          "The folder %s on server %s can't be made: its parent does not exist. Make it, or ask for it with createDestination=true (--create-destination)."
              .formatted(path, name),
          e);
    } catch (IOException e) {
      throw failure("make the folder", path, e);
    }
  }

  @Override
  public OptionalLong freeSpace(Location folder, BooleanSupplier cancelled)
      throws ArchiveException {
    Path path = resolve(folder);
    try {
      return OptionalLong.of(Files.getFileStore(path).getUsableSpace());
    } catch (IOException e) {
      throw failure("ask the free space of", path, e);
    }
  }

  @Override
  public int openConnections() {
    return 0;
  }

  @Override
  public void close() {
    // nothing is held open
  }

  private Path resolve(Location location) {
    String path = location.serverPath();
    return path.isEmpty() ? root : root.resolve(path);
  }

  private ArchiveException failure(String verb, Path path, IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return new NoSpaceException(
          says(verb, path, e) + " Free some space; the next run goes on.", e);
    }
    if (e instanceof AccessDeniedException
        || message.contains("read-only file system")
        || message.contains("file name too long")
        || message.contains("not a directory")) {
      return new RefusedException(says(verb, path, e), e);
    }
    return new PassingException(says(verb, path, e), e);
  }

  private String says(String verb, Path path, Exception e) {
    String why =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
    return "Could not %s %s on server %s: %s.".formatted(verb, path, name, why);
  }
}

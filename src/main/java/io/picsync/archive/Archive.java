package io.picsync.archive;

import io.picsync.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One tree of pictures on a server: {@code new/source1/pictures} is the folder {@code
 * source1/pictures} of the server {@code new}. What is known of its space is shared by all who use
 * it. Thread-safe.
 */
public final class Archive {
  private final Servers servers;
  private final String name;
  private final String folder;
  private final Bandwidth bandwidth;
  private volatile @Nullable Server server;
  private volatile Space space;

  /**
   * @param name the server's
   * @param space what is known of it so far
   */
  Archive(Servers servers, String name, String folder, Space space, Bandwidth bandwidth) {
    this.servers = servers;
    this.name = name;
    this.folder = folder;
    this.space = space;
    this.bandwidth = bandwidth;
  }

  /** To be called when its server is other than before: nothing that was known of it counts. */
  void forget(Space unknown) {
    server = null;
    space = unknown;
  }

  boolean isOn(String other) {
    return name.equals(other);
  }

  /**
   * @throws SettingsException when the text is no archive or no server has that name
   */
  public static Archive of(String text, Servers servers) {
    int slash = text.indexOf('/');
    String name = slash < 0 ? text : text.substring(0, slash);
    String folder = slash < 0 ? "" : text.substring(slash + 1);
    while (folder.endsWith("/")) {
      folder = folder.substring(0, folder.length() - 1);
    }
    String fault = folder.isEmpty() ? null : Names.faultOfPath(folder);
    if (name.isEmpty() || fault != null) {
      throw new SettingsException(
          "'%s' is no archive: SERVER/FOLDER is wanted%s."
              .formatted(
                  Names.printable(Secret.masked(text)),
                  fault == null ? "" : ", and in the folder " + fault));
    }
    return servers.archive(name, folder);
  }

  /**
   * A copy that lies inside its own source would be copied into itself at each run.
   *
   * @throws SettingsException when one of the archives is the other or lies inside it: on one
   *     server as far as names tell, on two that are folders of this machine also by links
   */
  public static void checkApart(Archive source, Archive destination) {
    boolean local = !(source.address() + destination.address()).contains("://");
    boolean comparable = local || source.server().name().equals(destination.server().name());
    String from = local ? real(source.address()) : source.address();
    String to = local ? real(destination.address()) : destination.address();
    if (comparable && (contains(from, to) || contains(to, from))) {
      throw new SettingsException(
          "The source %s and the destination %s are one archive, or one lies inside the other. Choose a destination apart from the source."
              .formatted(source.address(), destination.address()));
    }
  }

  /** Where a folder of this machine really is; one that is not there yet is where its name says. */
  private static String real(String folder) {
    try {
      return Path.of(folder).toRealPath().toString();
    } catch (IOException e) {
      return folder;
    }
  }

  private static boolean contains(String archive, String other) {
    return (other + '/').startsWith(archive.endsWith("/") ? archive : archive + '/');
  }

  /**
   * As the configuration has it now.
   *
   * @throws SettingsException when the configuration no longer has it
   */
  public Server server() {
    Server known = server;
    return known == null ? found() : known;
  }

  private Server found() {
    synchronized (servers) { // so that no server which was closed meanwhile stays here
      Server found = servers.get(name);
      server = found;
      return found;
    }
  }

  Bandwidth bandwidth() {
    return bandwidth;
  }

  public String folder() {
    return folder;
  }

  /**
   * Stores a picture as {@link Server#store} does.
   *
   * @throws NoSpaceException also at once while the archive is known to be full, but for one
   *     picture now and then
   */
  public Stored store(Location picture, PictureContent content, BooleanSupplier cancelled)
      throws ArchiveException {
    return space.store(this, picture, content, cancelled);
  }

  /**
   * To be asked before a picture is fetched for it.
   *
   * @param size of the picture, in bytes
   * @throws NoSpaceException when {@link #store} would refuse it at once, for want of space
   */
  public void expectRoom(long size, BooleanSupplier cancelled) throws ArchiveException {
    space.expectRoom(this, size, cancelled);
  }

  /** Whether the last store that was tried found no space; that was told as an error then. */
  public boolean isFull() {
    return space.isFull();
  }

  /**
   * @param path relative to the archive
   */
  public Location at(String path) {
    return new Location(folder, path);
  }

  /** The archive's own folder. */
  public Location root() {
    return at("");
  }

  /** Where it is: {@code ftp://host:21/source1/pictures}. */
  public String address() {
    return Location.join(server().address(), folder);
  }

  @Override
  public String toString() {
    return Location.join(name, folder);
  }
}

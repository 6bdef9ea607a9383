package io.picsync.archive;

import io.picsync.settings.SettingsException;

/**
 * One tree of pictures on a server: {@code new/source1/pictures} is the folder {@code
 * source1/pictures} of the server {@code new}. Immutable.
 */
public record Archive(Server server, String folder) {

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
                  Names.printable(text), fault == null ? "" : ", and in the folder " + fault));
    }
    return new Archive(servers.get(name), folder);
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
    return Location.join(server.address(), folder);
  }

  @Override
  public String toString() {
    return Location.join(server.name(), folder);
  }
}

package io.picsync.archive;

/**
 * A folder or picture of an archive, as a place on its server.
 *
 * @param archive the archive's folder on the server, {@code /}-separated, empty for the server's
 *     own root
 * @param path relative to the archive, as the server spells it, empty for the archive itself
 */
public record Location(String archive, String path) {
  public Location {
    for (String part : new String[] {archive, path}) {
      String fault = part.isEmpty() ? null : Names.faultOfPath(part);
      if (fault != null) {
        throw new IllegalArgumentException(
            "The path '%s' is not usable: %s.".formatted(Names.printable(part), fault));
      }
    }
  }

  /** Relative to the server's root. */
  public String serverPath() {
    return join(archive, path);
  }

  /** The last segment of {@link #serverPath()}; empty for the server's root. */
  public String name() {
    String whole = serverPath();
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** The folder that holds this, also above the archive's own; the root is its own parent. */
  public Location parent() {
    if (!path.isEmpty()) {
      return new Location(archive, folderOf(path));
    }
    return new Location(folderOf(archive), "");
  }

  public boolean isServerRoot() {
    return archive.isEmpty() && path.isEmpty();
  }

  private static String folderOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** Two relative paths as one; either may be empty. */
  public static String join(String above, String below) {
    if (above.isEmpty()) {
      return below;
    }
    return below.isEmpty() ? above : above + '/' + below;
  }

  @Override
  public String toString() {
    return serverPath().isEmpty() ? "." : serverPath();
  }
}

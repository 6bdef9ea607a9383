package io.picsync.archive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One folder as one side told it. Only a {@link Trusted} one can be compared: the other kinds have
 * no pictures to ask for.
 */
public sealed interface Listing {
  /** Relative to the archive, empty for the archive's own folder. */
  String folder();

  /**
   * A complete listing: the final reply said so and every line was understood.
   *
   * @param pictures all regular files with a usable name, sorted by name, no name twice
   * @param folders names (not paths) of the folders in it, sorted
   * @param notFiles names of the links, devices, sockets and pipes in it, and other names that
   *     these could have where the server leaves that open
   * @param ignored what else the folder held, those that are not files included
   */
  record Trusted(
      String folder,
      List<Picture> pictures,
      List<String> folders,
      Set<String> notFiles,
      Ignored ignored)
      implements Listing {

    /** Refuses pictures out of order: two listings are compared side by side. */
    public Trusted {
      @Nullable String before = null;
      for (Picture picture : pictures) {
        String name = picture.name();
        if (before != null && before.compareTo(name) >= 0) {
          throw new IllegalArgumentException(
              "The pictures of folder '%s' are not sorted: '%s' is told after '%s'."
                  .formatted(folder, name, before));
        }
        before = name;
      }
    }

    /** Why there can be no folder of this name here; null when nothing is in its way. */
    public @Nullable String inTheWayOfFolder(String name) {
      if (notFiles.contains(name)) {
        return "it is a symbolic link, a device or the like, which is not followed";
      }
      return pictures.stream().anyMatch(picture -> picture.name().equals(name))
          ? "it is a file there"
          : null;
    }

    /** The names that no picture can have here. */
    public Set<String> takenFromPictures() {
      if (notFiles.isEmpty()) {
        return folders.isEmpty() ? Set.of() : new HashSet<>(folders);
      }
      Set<String> taken = new HashSet<>(notFiles);
      taken.addAll(folders);
      return taken;
    }
  }

  /** There is no such folder; its parent or the server said so. */
  record Missing(String folder) implements Listing {
    /** What a missing folder holds, for comparing a folder that only the other side has. */
    public Trusted asEmpty() {
      return new Trusted(folder, List.of(), List.of(), Set.of(), Ignored.NONE);
    }
  }

  /** The folder is there or may be there, and what it holds is not known. */
  record Untrusted(String folder, String reason) implements Listing {}
}

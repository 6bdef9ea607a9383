package io.picsync.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the entries of one folder into a {@link Listing}. Not for several threads. */
public final class ListingBuilder {
  private static final Comparator<Picture> BY_NAME = Comparator.comparing(Picture::name);

  private final String folder;
  private final List<Picture> pictures = new ArrayList<>();
  private final List<String> folders = new ArrayList<>();
  private final Set<String> notFiles = new HashSet<>();
  private final Map<IgnoredReason, Long> ignored = new EnumMap<>(IgnoredReason.class);
  private boolean sorted = true;
  private boolean toldItself;

  /**
   * @param folder relative to the archive
   */
  public ListingBuilder(String folder) {
    this.folder = folder;
  }

  public void picture(String name, long size, @Nullable Instant modified) {
    if (Names.fault(name) != null) {
      ignore(IgnoredReason.REFUSED_NAME);
      return;
    }
    if (sorted && !pictures.isEmpty()) {
      sorted = pictures.get(pictures.size() - 1).name().compareTo(name) < 0;
    }
    pictures.add(new Picture(folder, name, size, modified));
  }

  /** Whether there was a line for the folder itself. */
  public boolean toldItself() {
    return toldItself;
  }

  public void folder(String name) {
    toldItself |= name.equals(".");
    if (name.equals(".") || name.equals("..")) {
      return; // every listing may tell the folder itself and its parent
    }
    if (Names.fault(name) != null) {
      ignore(IgnoredReason.REFUSED_NAME);
      return;
    }
    folders.add(name);
  }

  /**
   * A link, device, socket or pipe.
   *
   * @param names its own, and what else it could be where the server leaves that open
   */
  public void notAFile(List<String> names) {
    ignore(IgnoredReason.NOT_A_FILE);
    notFiles.addAll(names);
  }

  public void ignore(IgnoredReason reason) {
    ignored.merge(reason, 1L, Long::sum);
  }

  /** Trusted, unless a name was told twice: then nobody knows which line to believe. */
  public Listing build() {
    if (!sorted) {
      pictures.sort(BY_NAME);
      for (int i = 1; i < pictures.size(); i++) {
        if (pictures.get(i).name().equals(pictures.get(i - 1).name())) {
          return new Listing.Untrusted(
              folder, "the name '" + pictures.get(i).name() + "' is listed twice");
        }
      }
    }
    folders.sort(Comparator.naturalOrder());
    for (int i = 1; i < folders.size(); i++) {
      if (folders.get(i).equals(folders.get(i - 1))) {
        return new Listing.Untrusted(folder, "the folder '" + folders.get(i) + "' is listed twice");
      }
    }
    return new Listing.Trusted(
        folder, pictures, folders, Set.copyOf(notFiles), new Ignored(ignored));
  }
}

package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.Picture;
import io.picsync.sync.SyncOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.util.AntPathMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Which files of an archive take part. By default all pictures: jpg, jpeg and the cameras' raw
 * kinds, whatever the case. Temporary names and {@code process-*} working copies never do.
 * Immutable, thread-safe.
 */
public final class Selection {
  private static final List<String> TEMPORARY_ENDINGS =
      List.of(".part", ".partial", ".filepart", ".tmp", ".temp", ".crdownload", ".swp", "~");

  /** The last letters of these. */
  private static final String TEMPORARY_LAST =
      TEMPORARY_ENDINGS.stream()
          .map(ending -> ending.substring(ending.length() - 1))
          .collect(Collectors.joining());

  private final AntPathMatcher matcher = new AntPathMatcher();
  private final List<String> include;
  private final List<String> exclude;

  Selection(@Nullable String antInclude, @Nullable String antExclude) {
    this.include = patterns(antInclude);
    this.exclude = patterns(antExclude);
  }

  static Selection of(SyncOptions options) {
    return new Selection(options.antInclude(), options.antExclude());
  }

  private static List<String> patterns(@Nullable String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /**
   * @param pictures those that take part, in the listing's order
   * @param folders the folders to go on with
   */
  record Selected(List<Picture> pictures, List<String> folders, Ignored ignored) {

    /** Leaves out the pictures of these names, and counts them. */
    Selected without(Set<String> taken) {
      if (taken.isEmpty()) {
        return this;
      }
      List<Picture> free =
          pictures.stream().filter(picture -> !taken.contains(picture.name())).toList();
      long left = pictures.size() - (long) free.size();
      return left == 0
          ? this
          : new Selected(
              free, folders, ignored.plus(new Ignored(Map.of(IgnoredReason.NAME_TAKEN, left))));
    }
  }

  Selected select(Listing.Trusted listing) {
    Map<IgnoredReason, Long> ignored = new EnumMap<>(IgnoredReason.class);
    List<Picture> pictures = new ArrayList<>(listing.pictures().size());
    for (Picture picture : listing.pictures()) {
      IgnoredReason reason = reasonToIgnore(picture);
      if (reason == null) {
        pictures.add(picture);
      } else {
        ignored.merge(reason, 1L, Long::sum);
      }
    }
    List<String> folders = new ArrayList<>();
    for (String name : listing.folders()) {
      if (isExcluded(Location.join(listing.folder(), name))) {
        ignored.merge(IgnoredReason.EXCLUDED, 1L, Long::sum);
      } else {
        folders.add(name);
      }
    }
    return new Selected(pictures, folders, listing.ignored().plus(new Ignored(ignored)));
  }

  private @Nullable IgnoredReason reasonToIgnore(Picture picture) {
    String name = picture.name();
    if (isTemporary(name)) {
      return IgnoredReason.TEMPORARY;
    }
    if (name.startsWith("process-")) {
      return IgnoredReason.PROCESS;
    }
    if (include.isEmpty()) {
      if (PictureKind.of(name) == PictureKind.OTHER) {
        return IgnoredReason.KIND;
      }
    } else if (!matches(include, picture.path())) {
      return IgnoredReason.KIND;
    }
    return !exclude.isEmpty() && isExcluded(picture.path()) ? IgnoredReason.EXCLUDED : null;
  }

  static boolean isTemporary(String name) {
    if (name.startsWith(".")) {
      return true;
    }
    char last = name.isEmpty() ? ' ' : name.charAt(name.length() - 1);
    if (TEMPORARY_LAST.indexOf(Character.toLowerCase(last)) < 0) {
      return false; // nearly all
    }
    for (String ending : TEMPORARY_ENDINGS) {
      int length = ending.length();
      if (name.regionMatches(true, name.length() - length, ending, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private boolean isExcluded(String path) {
    return matches(exclude, path);
  }

  /** Whatever the case, as for the kinds: cameras write .JPG. */
  private boolean matches(List<String> patterns, String path) {
    for (String pattern : patterns) {
      if (matcher.match(pattern, path, false)) {
        return true;
      }
    }
    return false;
  }
}

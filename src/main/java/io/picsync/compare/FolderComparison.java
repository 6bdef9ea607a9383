package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.Picture;
import io.picsync.lists.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One folder of both archives, from two trusted listings: holds the destination's pictures by name
 * and meets the source's one by one. What is left at the end is missing in the source. One thread.
 */
final class FolderComparison {
  private final Folder folder;
  private final Listing.Trusted sourceListing;
  private final Listing.Trusted destinationListing;
  private final Selection.Selected source;
  private final Selection.Selected destination;
  private final Map<String, Picture> unmet;
  private final Tally.Counter sources = new Tally.Counter();
  private final Tally.Counter intersect = new Tally.Counter();
  private final Tally.Counter differsAtSource = new Tally.Counter();
  private final Tally.Counter differsAtDestination = new Tally.Counter();
  private final Tally.Counter missing = new Tally.Counter();
  private final Set<Picture> unsettled = new HashSet<>();
  private final Set<Picture> unsettledThere = new HashSet<>();
  private final Predicate<Picture> isRecent;
  private final Lines missingLines = new Lines();
  private final Lines differsLines = new Lines();

  /**
   * @param isRecent whether a picture may still be being written, as far as its modified time tells
   */
  FolderComparison(
      Folder folder,
      Listing.Trusted source,
      Listing.Trusted destination,
      Selection selection,
      Predicate<Picture> isRecent) {
    this.isRecent = isRecent;
    this.folder = folder;
    this.sourceListing = source;
    this.destinationListing = destination;
    this.source = selection.select(source).without(destination.takenFromPictures());
    this.destination = selection.select(destination).without(source.takenFromPictures());
    this.unmet = new HashMap<>(this.destination.pictures().size() * 4 / 3 + 1);
    for (Picture picture : this.destination.pictures()) {
      unmet.put(picture.name(), picture);
    }
  }

  /** The source's pictures that take part, sorted by name. */
  List<Picture> pictures() {
    return source.pictures();
  }

  /**
   * Meets one of the source's pictures; to be called once for each. One that is still being written
   * on either side takes no part, unless both sides agree on it already.
   *
   * @return true when the destination has no picture of that name
   */
  boolean isMissing(Picture picture) throws IOException {
    Picture there = unmet.remove(picture.name());
    boolean agrees = there != null && there.size() == picture.size();
    if (!agrees && (isRecent.test(picture) || (there != null && isRecent.test(there)))) {
      unsettled.add(picture);
      if (there != null) {
        unsettledThere.add(there);
      }
      return false;
    }
    sources.add(picture.name(), picture.size());
    if (there == null) {
      return true;
    }
    if (there.size() == picture.size()) {
      intersect.add(picture.name(), picture.size());
    } else {
      differsAtSource.add(picture.name(), picture.size());
      differsAtDestination.add(there.name(), there.size());
      differsLines.add(
          json -> {
            json.writeStringField("path", picture.path());
            json.writeNumberField("source", picture.size());
            json.writeNumberField("destination", there.size());
          });
    }
    return false;
  }

  void addMissing(Picture picture) throws IOException {
    missing.add(picture.name(), picture.size());
    missingLines.add(
        json -> {
          json.writeStringField("path", picture.path());
          json.writeNumberField("size", picture.size());
        });
  }

  /**
   * The figures of the folder.
   *
   * @throws IllegalStateException when not all of the source's pictures were met: the others would
   *     be lost without a word
   */
  Classes classes() {
    long met = sources.tally().count() + unsettled.size();
    if (met != source.pictures().size()) {
      throw new IllegalStateException(
          "Of the %d pictures in folder '%s' %d were compared: the route loses pictures."
              .formatted(source.pictures().size(), folder.path(), met));
    }
    Tally.Counter destinations = new Tally.Counter();
    for (Picture picture : destination.pictures()) {
      if (!unsettledThere.contains(picture)) {
        destinations.add(picture.name(), picture.size());
      }
    }
    Tally.Counter missingInSource = new Tally.Counter();
    for (Picture picture : unmet.values()) {
      missingInSource.add(picture.name(), picture.size());
    }
    return new Classes(
        sources.tally(),
        destinations.tally(),
        intersect.tally(),
        differsAtSource.tally(),
        differsAtDestination.tally(),
        missing.tally(),
        missingInSource.tally());
  }

  Lines missingLines() {
    return missingLines;
  }

  Lines differsLines() {
    return differsLines;
  }

  Ignored ignoredAtSource() {
    return source.ignored().plus(unsettled(unsettled.size()));
  }

  Ignored ignoredAtDestination() {
    return destination.ignored().plus(unsettled(unsettledThere.size()));
  }

  private static Ignored unsettled(long count) {
    return count == 0 ? Ignored.NONE : new Ignored(Map.of(IgnoredReason.UNSETTLED, count));
  }

  /** The folders below, of either side. */
  List<Folder> folders() {
    Above above = Above.of(folder, sourceListing, destinationListing);
    Set<String> atSource = new HashSet<>(source.folders());
    Set<String> atDestination = new HashSet<>(destination.folders());
    Set<String> names = new TreeSet<>(source.folders());
    names.addAll(destination.folders());
    List<Folder> below = new ArrayList<>(names.size());
    for (String name : names) {
      below.add(below(name, atSource.contains(name), atDestination.contains(name), above));
    }
    return below;
  }

  private Folder below(String name, boolean atSource, boolean atDestination, Above above) {
    String path = Location.join(folder.path(), name);
    if (Above.depth(path) > Above.DEEPEST) {
      String deep = "it lies more than %d folders deep, as a loop of symbolic links does";
      return new Folder(path, false, false, deep.formatted(Above.DEEPEST), above);
    }
    @Nullable String unknown = null;
    if (!atSource) {
      unknown = sourceListing.inTheWayOfFolder(name);
    } else if (!atDestination) {
      unknown = destinationListing.inTheWayOfFolder(name);
    }
    return new Folder(path, atSource, atDestination, unknown, above);
  }
}

package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.Picture;
import io.picsync.lists.Lines;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One folder of both archives, from two trusted listings: holds the destination's pictures by name
 * and meets the source's one by one. What is left at the end is missing in the source. One thread.
 */
final class FolderComparison {
  private final Folder folder;
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
    this.source = selection.select(source);
    this.destination = selection.select(destination);
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
    Map<String, Folder> below = new TreeMap<>();
    for (String name : source.folders()) {
      below.put(name, new Folder(Location.join(folder.path(), name), true, false));
    }
    for (String name : destination.folders()) {
      String path = Location.join(folder.path(), name);
      below.merge(
          name, new Folder(path, false, true), (there, here) -> new Folder(path, true, true));
    }
    return List.copyOf(below.values());
  }
}

package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.archive.IgnoredReason;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.Picture;
import io.picsync.lists.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One folder of both archives, compared from two trusted listings: two lists sorted by name are
 * gone through side by side, so nothing but them is held. One thread.
 */
final class FolderComparison {
  private final Folder folder;
  private final Listing.Trusted sourceListing;
  private final Listing.Trusted destinationListing;
  private final Selection.Selected source;
  private final Selection.Selected destination;
  private final Predicate<Picture> isRecent;
  private final Tally.Counter sources = new Tally.Counter();
  private final Tally.Counter destinations = new Tally.Counter();
  private final Tally.Counter intersect = new Tally.Counter();
  private final Tally.Counter differsAtSource = new Tally.Counter();
  private final Tally.Counter differsAtDestination = new Tally.Counter();
  private final Tally.Counter missing = new Tally.Counter();
  private final Tally.Counter missingInSource = new Tally.Counter();
  private long unsettled;
  private long unsettledThere;
  private final List<Picture> capturedPictures = new ArrayList<>();
  private final List<Picture> missingPictures = new ArrayList<>();
  private final Lines missingLines = new Lines();
  private final Lines differsLines = new Lines();
  private String oldestMissing = "";

  private FolderComparison(
      Folder folder,
      Listing.Trusted source,
      Listing.Trusted destination,
      Selection selection,
      Predicate<Picture> isRecent) {
    this.folder = folder;
    this.isRecent = isRecent;
    this.sourceListing = source;
    this.destinationListing = destination;
    this.source = selection.select(source).without(destination.takenFromPictures());
    this.destination = selection.select(destination).without(source.takenFromPictures());
  }

  /**
   * Compares.
   *
   * @param isRecent whether a picture may still be being written, as far as its modified time tells
   */
  static FolderComparison of(
      Folder folder,
      Listing.Trusted source,
      Listing.Trusted destination,
      Selection selection,
      Predicate<Picture> isRecent)
      throws IOException {
    FolderComparison comparison =
        new FolderComparison(folder, source, destination, selection, isRecent);
    comparison.compare();
    return comparison;
  }

  private void compare() throws IOException {
    List<Picture> here = source.pictures();
    List<Picture> there = destination.pictures();
    int h = 0;
    int t = 0;
    while (h < here.size() || t < there.size()) {
      int order =
          h == here.size()
              ? 1
              : t == there.size() ? -1 : here.get(h).name().compareTo(there.get(t).name());
      if (order < 0) {
        onlyAtSource(here.get(h++));
      } else if (order > 0) {
        onlyAtDestination(there.get(t++));
      } else {
        atBoth(here.get(h++), there.get(t++));
      }
    }
  }

  /** One that is still being written takes no part. */
  private void onlyAtSource(Picture picture) throws IOException {
    if (isRecent.test(picture)) {
      unsettled++;
      return;
    }
    sources.add(picture.name(), picture.size());
    capturedPictures.add(picture);
    missing.add(picture.name(), picture.size());
    if (oldestMissing.isEmpty()) {
      oldestMissing = picture.path(); // they come by their names
    }
    missingPictures.add(picture);
    missingLines.add(
        json -> {
          json.writeStringField("path", picture.path());
          json.writeNumberField("size", picture.size());
        });
  }

  private void onlyAtDestination(Picture picture) {
    destinations.add(picture.name(), picture.size());
    capturedPictures.add(picture);
    missingInSource.add(picture.name(), picture.size());
  }

  /** Unless both sides agree on it already, one that is still being written takes no part. */
  private void atBoth(Picture here, Picture there) throws IOException {
    boolean agrees = here.size() == there.size();
    if (!agrees && (isRecent.test(here) || isRecent.test(there))) {
      unsettled++;
      unsettledThere++;
      return;
    }
    sources.add(here.name(), here.size());
    capturedPictures.add(here);
    destinations.add(there.name(), there.size());
    if (agrees) {
      intersect.add(here.name(), here.size());
      return;
    }
    differsAtSource.add(here.name(), here.size());
    differsAtDestination.add(there.name(), there.size());
    differsLines.add(
        json -> {
          json.writeStringField("path", here.path());
          json.writeNumberField("source", here.size());
          json.writeNumberField("destination", there.size());
        });
  }

  /** Of the missing pictures the one with the first name; empty for none. */
  String oldestMissing() {
    return oldestMissing;
  }

  /**
   * The figures of the folder.
   *
   * @throws IllegalStateException when a picture that was listed and selected is not accounted for:
   *     it would be lost without a word
   */
  Classes classes() {
    long met = sources.tally().count() + unsettled;
    long metThere = destinations.tally().count() + unsettledThere;
    if (met != source.pictures().size() || metThere != destination.pictures().size()) {
      throw new IllegalStateException(
          "Of the %d and %d pictures in folder '%s' %d and %d were compared."
              .formatted(
                  source.pictures().size(),
                  destination.pictures().size(),
                  folder.path(),
                  met,
                  metThere));
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

  String path() {
    return folder.path();
  }

  /** Adds the folder's pictures to the run's days. */
  void addTo(CaptureDays days) {
    days.add(folder.path(), capturedPictures, missingPictures);
  }

  Lines missingLines() {
    return missingLines;
  }

  Lines differsLines() {
    return differsLines;
  }

  Ignored ignoredAtSource() {
    return source.ignored().plus(unsettled(unsettled));
  }

  Ignored ignoredAtDestination() {
    return destination.ignored().plus(unsettled(unsettledThere));
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

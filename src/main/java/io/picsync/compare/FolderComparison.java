package io.picsync.compare;

import io.picsync.archive.Ignored;
import io.picsync.archive.Listing;
import io.picsync.archive.Location;
import io.picsync.archive.Picture;
import io.picsync.lists.Lines;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  private final Lines missingLines = new Lines();
  private final Lines differsLines = new Lines();

  FolderComparison(
      Folder folder, Listing.Trusted source, Listing.Trusted destination, Selection selection) {
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
   * Meets one of the source's pictures; to be called once for each.
   *
   * @return true when the destination has no picture of that name
   */
  boolean isMissing(Picture picture) throws IOException {
    sources.add(picture.name(), picture.size());
    Picture there = unmet.remove(picture.name());
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
    if (sources.tally().count() != source.pictures().size()) {
      throw new IllegalStateException(
          "Of the %d pictures in folder '%s' %d were compared: the route loses pictures."
              .formatted(source.pictures().size(), folder.path(), sources.tally().count()));
    }
    Tally.Counter destinations = new Tally.Counter();
    for (Picture picture : destination.pictures()) {
      destinations.add(picture.name(), picture.size());
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
    return source.ignored();
  }

  Ignored ignoredAtDestination() {
    return destination.ignored();
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

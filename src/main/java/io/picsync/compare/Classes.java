package io.picsync.compare;

/**
 * The classes of a comparison, of trusted folders only. Differing pictures have a size on each
 * side.
 */
public record Classes(
    Tally source,
    Tally destination,
    Tally intersect,
    Tally differsAtSource,
    Tally differsAtDestination,
    Tally missingInDestination,
    Tally missingInSource) {
  public static final Classes NONE =
      new Classes(
          Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE, Tally.NONE);

  /**
   * Refuses figures that don't add up: source = intersect + differs + missing in destination, and
   * alike for the destination, in counts and in bytes.
   */
  public Classes {
    Tally ofSource = intersect.plus(differsAtSource).plus(missingInDestination);
    Tally ofDestination = intersect.plus(differsAtDestination).plus(missingInSource);
    if (!source.equals(ofSource) || !destination.equals(ofDestination)) {
      throw new IllegalStateException(
          "The comparison does not add up: source %s is not %s, or destination %s is not %s."
              .formatted(source, ofSource, destination, ofDestination));
    }
  }

  Classes plus(Classes other) {
    return new Classes(
        source.plus(other.source),
        destination.plus(other.destination),
        intersect.plus(other.intersect),
        differsAtSource.plus(other.differsAtSource),
        differsAtDestination.plus(other.differsAtDestination),
        missingInDestination.plus(other.missingInDestination),
        missingInSource.plus(other.missingInSource));
  }
}

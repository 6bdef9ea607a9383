package io.picsync.compare;

/**
 * A number of pictures and their bytes, by kind. Other kinds are in the total only. Immutable.
 *
 * @param count pictures
 * @param size bytes
 */
public record Tally(
    long jpgCount, long rawCount, long count, long jpgSize, long rawSize, long size) {
  public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  public Tally plus(Tally other) {
    return new Tally(
        jpgCount + other.jpgCount,
        rawCount + other.rawCount,
        count + other.count,
        jpgSize + other.jpgSize,
        rawSize + other.rawSize,
        size + other.size);
  }

  /** Adds up pictures one by one. Not thread-safe. */
  static final class Counter {
    private long jpgCount;
    private long rawCount;
    private long count;
    private long jpgSize;
    private long rawSize;
    private long size;

    void add(String name, long bytes) {
      count++;
      size += bytes;
      switch (PictureKind.of(name)) {
        case JPG -> {
          jpgCount++;
          jpgSize += bytes;
        }
        case RAW -> {
          rawCount++;
          rawSize += bytes;
        }
        case OTHER -> {} // in the total only
      }
    }

    Tally tally() {
      return new Tally(jpgCount, rawCount, count, jpgSize, rawSize, size);
    }
  }
}

package io.picsync.archive;

/**
 * The share of the pictures that are fetched again from where they were stored, before they become
 * visible. Whether a picture is among them follows from its path alone: so one that did not come
 * back as it was sent is fetched again at every further try too, and never slips through unread.
 *
 * @param share from 0, none, to 1, all
 */
public record ReadBackSample(double share) {
  /** One in a hundred: costs a hundredth of the bytes once more. */
  public static final ReadBackSample DEFAULT = new ReadBackSample(0.01);

  /** Refuses what is no share. */
  public ReadBackSample {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share between 0 and 1 is wanted: " + share);
    }
  }

  boolean holds(Location picture) {
    return unsigned(mixed(picture.serverPath().hashCode())) < share * (1L << 32);
  }

  /** Names that count up by the minute have hashes that do so too: MurmurHash3's last steps. */
  private static int mixed(int hash) {
    int mixed = hash;
    mixed ^= mixed >>> 16;
    mixed *= 0x85eb_ca6b;
    mixed ^= mixed >>> 13;
    mixed *= 0xc2b2_ae35;
    return mixed ^ mixed >>> 16;
  }

  private static long unsigned(int number) {
    return Integer.toUnsignedLong(number);
  }
}

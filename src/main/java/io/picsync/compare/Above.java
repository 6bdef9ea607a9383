package io.picsync.compare;

import io.picsync.archive.Listing;
import io.picsync.archive.Picture;
import org.jspecify.annotations.Nullable;

/**
 * What a folder and those above it were like, to notice a folder that holds itself: some servers
 * follow symbolic links and tell them as folders. Immutable.
 *
 * @param source a digest of what the source told, {@link #NOTHING} when it can't be part of a loop
 * @param destination the same of the destination
 */
record Above(long source, long destination, @Nullable Above next) {
  /** What no loop is deep without, even where each level looks another. */
  static final int DEEPEST = 32;

  private static final long NOTHING = 0;

  static Above of(Folder folder, Listing.Trusted source, Listing.Trusted destination) {
    return new Above(digest(source), digest(destination), folder.above());
  }

  /** Whether a folder above this one told the very same pictures and folders. */
  static boolean hasTheSame(Folder folder, Listing.Trusted listing, boolean isSource) {
    long digest = digest(listing);
    for (Above above = folder.above(); above != null && digest != NOTHING; above = above.next) {
      if ((isSource ? above.source : above.destination) == digest) {
        return true;
      }
    }
    return false;
  }

  static int depth(String path) {
    return path.isEmpty() ? 0 : 1 + (int) path.chars().filter(c -> c == '/').count();
  }

  /** A folder that holds nothing but one folder is like many others. */
  private static long digest(Listing.Trusted listing) {
    if (listing.folders().isEmpty() || listing.folders().size() + listing.pictures().size() < 2) {
      return NOTHING;
    }
    long digest = 1;
    for (String name : listing.folders()) {
      digest = mix(digest, name, -1);
    }
    for (Picture picture : listing.pictures()) {
      digest = mix(digest, picture.name(), picture.size());
    }
    return digest;
  }

  private static long mix(long digest, String name, long size) {
    long mixed = digest * 0x9E3779B97F4A7C15L + name.hashCode() * 0xC2B2AE3D27D4EB4FL + size;
    return mixed ^ (mixed >>> 29);
  }
}

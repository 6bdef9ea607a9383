package io.picsync.transfer;

import io.picsync.archive.Stored;
import org.jspecify.annotations.Nullable;

/**
 * What became of a planned picture.
 *
 * @param bytes that were stored; 0 for all but transferred
 * @param reason for the operator; empty for what is at the destination
 * @param damaged what a transferred JPEG lacks at its source; empty for a whole one
 * @param stored how a transferred one was verified; null for all others, and for one that another
 *     endpoint than {@code archive:} stored
 */
public record Outcome(
    Kind kind, String path, long bytes, String reason, String damaged, @Nullable Stored stored) {

  Outcome(Kind kind, String path, long bytes, String reason) {
    this(kind, path, bytes, reason, "", null);
  }

  /** The kinds of outcomes; the keys stand in reports. */
  public enum Kind {
    /** Stored at the destination and verified. */
    TRANSFERRED("transferred"),
    /** Somebody else had stored it meanwhile, with the same size. */
    ALREADY_THERE("alreadyThere"),
    /** Gone from the source since it was listed. */
    VANISHED("vanished"),
    /** Still being written at the source: the next run compares it again. Not attempted. */
    UNSETTLED("unsettled"),
    /** Not stored; the reason says why. */
    FAILED("failed"),
    /** Stopped by a cancelled run before it was stored: as if its turn had not come. */
    NOT_ATTEMPTED("notAttempted");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }
  }
}

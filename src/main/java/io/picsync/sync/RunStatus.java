package io.picsync.sync;

/** How a run ended. */
public enum RunStatus {
  /** All folders were compared, all planned pictures are accounted for without a failure. */
  completed,
  /** A folder was untrusted, or a picture failed or was not attempted. */
  incomplete,
  /** The run could not do its work; the cause says why. */
  failed,
  /** Somebody stopped it. */
  cancelled
}

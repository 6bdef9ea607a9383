package io.picsync.archive;

/** How a store ended well. */
public enum Stored {
  /** The picture is at the destination now, verified. */
  STORED,
  /** A picture of that path and size was there already; nothing was written. */
  ALREADY_THERE
}

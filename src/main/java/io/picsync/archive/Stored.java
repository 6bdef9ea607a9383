package io.picsync.archive;

/** How a store ended well. */
public enum Stored {
  /** The picture is at the destination now, verified. */
  STORED,
  /** The same, and the digest that the server computed is that of the bytes sent. */
  HASHED,
  /** The same as {@link #STORED}, and it was fetched again and came back as it was sent. */
  READ_BACK,
  /** A picture of that path and size was there already; nothing was written. */
  ALREADY_THERE
}

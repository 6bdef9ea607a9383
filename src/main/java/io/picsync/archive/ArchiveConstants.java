package io.picsync.archive;

/** Headers and properties of the {@code archive:} component, beside camel-file's own headers. */
public final class ArchiveConstants {
  /** Header with the {@link Stored} that a store ended in. */
  public static final String STORED = "PicsyncStored";

  /** Exchange property with a {@code BooleanSupplier}: whether to stop, asked between chunks. */
  public static final String CANCELLED = "PicsyncCancelled";

  private ArchiveConstants() {}
}

package io.picsync.archive;

/** Headers and properties of the {@code archive:} component, beside camel-file's own headers. */
public final class ArchiveConstants {
  /** Header with the {@link Stored} that a store ended in. */
  public static final String STORED = "PicsyncStored";

  /**
   * Header for fetch with a {@code java.time.Duration}: how long a picture must have rested to be
   * taken. Without it every picture is.
   */
  public static final String SETTLE = "PicsyncSettle";

  /** Header of a fetched JPEG that is not whole at its source: what it lacks. */
  public static final String DAMAGED = "PicsyncDamaged";

  /** Exchange property with a {@code BooleanSupplier}: whether to stop, asked between chunks. */
  public static final String CANCELLED = "PicsyncCancelled";

  /** Exchange property with a {@link Traffic}: how fast bytes may go, and whether they may. */
  public static final String TRAFFIC = "PicsyncTraffic";

  private ArchiveConstants() {}
}

package io.picsync.archive;

/** What {@code archive:…?operation=} does. */
public enum ArchiveOperation {
  /** In: body = folder path. Out: body = {@link Listing}. */
  list,
  /**
   * In: {@code CamelFileName}, {@code CamelFileLength}. Out: body = {@link FetchedPicture}. Also
   * {@link ArchiveConstants#SETTLE} in, and {@link ArchiveConstants#DAMAGED} out.
   */
  fetch,
  /** In: {@code CamelFileName}, body = the bytes. Out: {@link ArchiveConstants#STORED}. */
  store
}

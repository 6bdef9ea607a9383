package io.picsync.compare;

/**
 * A folder to compare; what one side's trusted listing of the parent lacks is not listed there.
 *
 * @param path relative to both archives, empty for the archives themselves
 */
public record Folder(String path, boolean atSource, boolean atDestination) {}

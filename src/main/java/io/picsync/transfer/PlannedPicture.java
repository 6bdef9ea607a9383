package io.picsync.transfer;

import java.time.Duration;

/**
 * A picture to transfer: the message that {@code picsync.transfer} takes, whole in itself so that
 * workers elsewhere can take it too.
 *
 * @param source the archive to fetch from, {@code SERVER/FOLDER}
 * @param destination the archive to store to, {@code SERVER/FOLDER}
 * @param path relative to both
 * @param size in bytes, as the source listed it
 * @param settle how long it must have rested to be taken
 */
public record PlannedPicture(
    String run, String source, String destination, String path, long size, Duration settle) {}

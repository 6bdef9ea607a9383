package io.picsync.sync;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a sync compares and how, as its route says.
 *
 * @param source {@code SERVER/FOLDER}
 * @param destination {@code SERVER/FOLDER}
 * @param antInclude comma-separated Ant patterns of the files that take part, null for all pictures
 * @param antExclude comma-separated Ant patterns of files and folders to leave out, null for none
 * @param createDestination whether a missing destination archive is made with its parents; else
 *     only when its parent exists
 * @param settle how long a picture must have rested to be taken; zero takes every one
 * @param alarmBelow a source with less than this percentage of the pictures it had raises an alarm;
 *     0 for none
 * @param sweep within which time settled older days are compared again; zero compares everything in
 *     every run
 */
public record SyncOptions(
    String name,
    String source,
    String destination,
    @Nullable String antInclude,
    @Nullable String antExclude,
    boolean createDestination,
    Duration settle,
    int alarmBelow,
    Duration sweep) {}

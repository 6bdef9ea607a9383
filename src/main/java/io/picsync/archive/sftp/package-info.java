/**
 * SFTP servers: the file transfer protocol's version 3 spoken by picsync itself, many requests in
 * flight, over one channel of one SSH connection of JSch's for each worker.
 */
@NullMarked
package io.picsync.archive.sftp;

import org.jspecify.annotations.NullMarked;

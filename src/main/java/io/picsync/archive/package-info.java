/**
 * Archives of pictures on servers: trusted listings, whole fetches, verified atomic stores.
 *
 * <p>The contract that every kind of {@link io.picsync.archive.Server} keeps, and that one suite
 * tests for all of them:
 *
 * <ul>
 *   <li><b>list</b> tells one folder as it is: {@link io.picsync.archive.Listing.Trusted trusted}
 *       when the server said that the listing is complete and every line was understood, {@link
 *       io.picsync.archive.Listing.Missing missing} when there is no such folder, {@link
 *       io.picsync.archive.Listing.Untrusted untrusted} with the reason else. It never returns less
 *       than the server has without saying so.
 *   <li><b>fetch</b> brings a whole picture or throws: the final reply and the number of bytes have
 *       been checked before it returns, and the connection is free again.
 *   <li><b>store</b> makes a picture visible whole or not at all: temporary name in the same
 *       folder, from the {@link io.picsync.archive.TemporaryNames} it was opened with, verified
 *       size, modified time, rename; one that is to be read back is fetched again from the
 *       temporary name first, and what is not as it was sent is never renamed. It never replaces a
 *       picture, and its temporary file is gone on every failure path.
 *   <li><b>removeTemporary</b> is the only way to remove anything, and takes nothing but names that
 *       {@link io.picsync.archive.TemporaryNames} made: every kind of server asks it first.
 *   <li>All methods may be called by many threads at once; the server's connection limit makes them
 *       wait. A call holds one connection at most, so two servers can never wait for each other.
 *   <li>All failures are {@link io.picsync.archive.ArchiveException}s; its kinds say what may be
 *       retried. Servers don't retry by themselves: the routes do.
 * </ul>
 */
@NullMarked
package io.picsync.archive;

import org.jspecify.annotations.NullMarked;

/** Connections to a server: one limit for all syncs, served in turn, watched while in use. */
@NullMarked
package io.picsync.archive.pool;

import org.jspecify.annotations.NullMarked;

/**
 * Bundles old reports by month into zip archives, where they stay readable, and deletes on demand.
 */
@NullMarked
package io.picsync.retention;

import org.jspecify.annotations.NullMarked;

/**
 * The files of {@code routes/}: what is right in them, and edits that take effect while they run.
 */
@NullMarked
package io.picsync.routes;

import org.jspecify.annotations.NullMarked;

/**
 * Lists beside a report: one JSON object a line, gzip, written while a run goes on and visible only
 * when complete.
 */
@NullMarked
package io.picsync.lists;

import org.jspecify.annotations.NullMarked;

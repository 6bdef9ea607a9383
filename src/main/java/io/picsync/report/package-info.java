/** The report of a run: at most 4 KB of statistics, its lists as compressed files beside it. */
@NullMarked
package io.picsync.report;

import org.jspecify.annotations.NullMarked;

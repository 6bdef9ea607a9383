/** The {@code sync:} component: one exchange per run of a sync, on its schedule and on demand. */
@NullMarked
package io.picsync.sync;

import org.jspecify.annotations.NullMarked;

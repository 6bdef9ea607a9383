/** What operators watch a runtime by: managed beans, metrics and health. */
@NullMarked
package io.picsync.watch;

import org.jspecify.annotations.NullMarked;

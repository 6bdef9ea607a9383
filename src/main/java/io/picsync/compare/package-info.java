/** Comparing two archives folder by folder into the classes in both, differs, missing. */
@NullMarked
package io.picsync.compare;

import org.jspecify.annotations.NullMarked;

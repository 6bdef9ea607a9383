/** Transferring the pictures of the missing list, and accounting for each of them. */
@NullMarked
package io.picsync.transfer;

import org.jspecify.annotations.NullMarked;

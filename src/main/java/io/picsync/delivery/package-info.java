/**
 * Brings every stored report to {@code picsync.report.endpoint}, in order, however often it is
 * down.
 */
@NullMarked
package io.picsync.delivery;

import org.jspecify.annotations.NullMarked;

/**
 * The reports and the runs over HTTP, as {@code openapi.yaml} describes it: who may ask, an index
 * of the reports, pages of it and of their lists, and the runs' handles.
 */
@NullMarked
package io.picsync.api;

import org.jspecify.annotations.NullMarked;

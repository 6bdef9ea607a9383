/** The web page over the API: its files, as {@code routes/page.camel.yaml} hands them out. */
@NullMarked
package io.picsync.page;

import org.jspecify.annotations.NullMarked;

/** Configuration keys read as values with units, with messages that name the key. */
@NullMarked
package io.picsync.settings;

import org.jspecify.annotations.NullMarked;

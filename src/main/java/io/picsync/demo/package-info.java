/** A demonstration that needs nothing but this program: two archives, two FTP servers. */
@NullMarked
package io.picsync.demo;

import org.jspecify.annotations.NullMarked;

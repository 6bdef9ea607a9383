/** The lines of FTP listings: read, cut and understood, or the folder is untrusted. */
@NullMarked
package io.picsync.archive.lines;

import org.jspecify.annotations.NullMarked;

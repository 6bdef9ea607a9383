/** Folders of this machine as archives' servers. */
@NullMarked
package io.picsync.archive.file;

import org.jspecify.annotations.NullMarked;

/** FTP servers: sessions under one limit, listings with their final reply, the copy protocol. */
@NullMarked
package io.picsync.archive.ftp;

import org.jspecify.annotations.NullMarked;

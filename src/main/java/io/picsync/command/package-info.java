/**
 * The command line and the wiring of the runtime: start reading at {@link
 * io.picsync.command.Picsync}.
 */
@NullMarked
package io.picsync.command;

import org.jspecify.annotations.NullMarked;

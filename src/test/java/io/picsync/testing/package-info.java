/**
 * What the tests of all packages share: real and scripted FTP servers, picture trees, and the rule
 * for daemons that may not be installed.
 */
@NullMarked
package io.picsync.testing;

import org.jspecify.annotations.NullMarked;

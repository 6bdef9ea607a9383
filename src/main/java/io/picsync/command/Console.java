package io.picsync.command;

import java.io.PrintWriter;
import java.nio.charset.Charset;

/** Where a command speaks to. */
record Console(PrintWriter out, PrintWriter err) {
  /** The process's own. */
  static Console system() {
    return new Console(
        new PrintWriter(System.out, true, Charset.defaultCharset()),
        new PrintWriter(System.err, true, Charset.defaultCharset()));
  }
}

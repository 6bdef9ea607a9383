package io.picsync.routes;

/**
 * Something that is wrong in a file that operators edit: a route file, or the configuration.
 *
 * @param file below picsync's home: {@code routes/syncs/source1.camel.yaml}
 * @param line the first is 1
 * @param rule the name of the rule that it breaks
 * @param what why, and what to do
 */
public record FileFault(String file, int line, String rule, String what) {
  /** {@code FILE:LINE: WHAT}, in one line. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + what;
  }
}

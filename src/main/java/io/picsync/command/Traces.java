package io.picsync.command;

import java.io.IOException;

/**
 * Stack traces to show: of a library's exception its name and its place and not its words, because
 * Camel's have the URIs and the values in them that it could not read, with credentials.
 */
final class Traces {
  private Traces() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    String lead = "";
    for (Throwable at = failure; at != null; at = at.getCause()) {
      text.append(lead).append(at.getClass().getName());
      if (isTold(at) && at.getMessage() != null) {
        text.append(": ").append(at.getMessage());
      }
      text.append('\n');
      for (StackTraceElement frame : at.getStackTrace()) {
        text.append("\tat ").append(frame).append('\n');
      }
      lead = "Caused by: ";
    }
    return text.toString();
  }

  private static boolean isTold(Throwable failure) {
    return failure.getClass().getName().startsWith("io.picsync.") || failure instanceof IOException;
  }
}

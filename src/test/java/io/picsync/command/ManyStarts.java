package io.picsync.command;

/**
 * Starts the service of one home after the other at its most talkative, each refused at once: a
 * program, since what it logs and how is settled once in a JVM.
 */
public final class ManyStarts {
  /** The line between two. */
  static final String NEXT = "=== next ===";

  private ManyStarts() {}

  public static void main(String[] homes) {
    for (String home : homes) {
      System.setProperty("picsync.home", home);
      Picsync.commandLine("run").execute("run", "-v");
      System.err.println(NEXT);
    }
    System.exit(0); // a half started one may have left threads
  }
}

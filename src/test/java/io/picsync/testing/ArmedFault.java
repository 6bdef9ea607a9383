package io.picsync.testing;

import java.util.function.Predicate;

/** A fault attached to a {@link ScriptedFtpServer}: tells how often it struck, and can be ended. */
public final class ArmedFault {
  private final String verb;
  private final Predicate<String> argument;
  private final Fault fault;
  private int left;
  private int strikes;

  ArmedFault(String verb, Predicate<String> argument, int times, Fault fault) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault strikes at least once, not " + times + " times");
    }
    this.verb = verb;
    this.argument = argument;
    this.left = times;
    this.fault = fault;
  }

  /** How often it struck. A test that asserts this cannot pass because its fault never came. */
  public synchronized int strikes() {
    return strikes;
  }

  public synchronized void disarm() {
    left = 0;
  }

  /** Takes one of its times, if this command is meant and any are left. */
  synchronized boolean claims(ScriptedCommand command) {
    if (left == 0 || !verb.equals(command.verb()) || !argument.test(command.argument())) {
      return false;
    }
    left--;
    strikes++;
    return true;
  }

  Fault fault() {
    return fault;
  }
}

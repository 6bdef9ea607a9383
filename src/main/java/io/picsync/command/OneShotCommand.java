package io.picsync.command;

import io.picsync.sync.Mode;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** {@code picsync check} or {@code sync SOURCE DESTINATION}: one run in the mode of its name. */
final class OneShotCommand implements Command {
  private final Mode mode;
  private final Map<String, String> environment;

  /**
   * @param environment where the passwords are looked for
   */
  OneShotCommand(Mode mode, Map<String, String> environment) {
    this.mode = mode;
    this.environment = environment;
  }

  @Override
  public String name() {
    return mode.name();
  }

  @Override
  public String description() {
    return mode == Mode.check
        ? "Tells which pictures of SOURCE are missing in DESTINATION. Changes nothing."
        : "Transfers the pictures of SOURCE that are missing in DESTINATION. Never deletes, never overwrites.";
  }

  @Override
  public Syntax syntax() {
    return TransferOptions.syntax();
  }

  @Override
  public String footer() {
    return TransferOptions.ENVIRONMENT
        + "Exit codes: 0 nothing missing; 1 "
        + (mode == Mode.check ? "pictures are missing" : "some remained missing")
        + "; 2 incomplete; 3 failed;\n130 or 143 stopped by a signal; 64 wrong usage.\n";
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    return new OneShot(console, new TransferOptions(given), mode, environment).call();
  }
}

package io.picsync.command;

import io.picsync.sync.Mode;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** {@code picsync check SOURCE DESTINATION}. */
final class CheckCommand implements Command {
  private final Map<String, String> environment;

  /**
   * @param environment where the passwords are looked for
   */
  CheckCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "check";
  }

  @Override
  public String description() {
    return "Tells which pictures of SOURCE are missing in DESTINATION. Changes nothing.";
  }

  @Override
  public Syntax syntax() {
    return TransferOptions.syntax();
  }

  @Override
  public String footer() {
    return TransferOptions.ENVIRONMENT
        + """
        Exit codes: 0 nothing missing; 1 pictures are missing; 2 incomplete; 3 failed;
        64 wrong usage.
        """;
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    return new OneShot(console, new TransferOptions(given), Mode.check, environment).call();
  }
}

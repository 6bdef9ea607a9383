package io.picsync.command;

import io.picsync.sync.Mode;
import java.util.Map;
import org.apache.commons.cli.CommandLine;

/** {@code picsync sync SOURCE DESTINATION}. */
final class SyncCommand implements Command {
  private final Map<String, String> environment;

  /**
   * @param environment where the passwords are looked for
   */
  SyncCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public String description() {
    return "Transfers the pictures of SOURCE that are missing in DESTINATION. Never deletes, never overwrites.";
  }

  @Override
  public Syntax syntax() {
    return TransferOptions.syntax();
  }

  @Override
  public String footer() {
    return TransferOptions.ENVIRONMENT
        + """
        Exit codes: 0 nothing missing; 1 some remained missing; 2 incomplete; 3 failed;
        64 wrong usage.
        """;
  }

  @Override
  public int call(CommandLine given, Console console) throws Exception {
    return new OneShot(console, new TransferOptions(given), Mode.sync, environment).call();
  }
}

package io.picsync.command;

import io.picsync.sync.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code picsync sync SOURCE DESTINATION}. */
@Command(
    name = "sync",
    description =
        "Transfers the pictures of SOURCE that are missing in DESTINATION. Never deletes, never overwrites.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Passwords are read from the environment:",
      "  PICSYNC_SOURCE_PASSWORD and PICSYNC_DESTINATION_PASSWORD",
      "so are, of the source and the destination alike,",
      "  PICSYNC_SOURCE_TLS_CA, _TLS_PIN (ftps:),",
      "  PICSYNC_SOURCE_PRIVATE_KEY, _PRIVATE_KEY_PASSPHRASE,",
      "  _KNOWN_HOSTS, _HOST_KEY (sftp:).",
      "Exit codes: 0 nothing missing; 1 some remained missing;",
      "2 incomplete; 3 failed; 64 wrong usage."
    })
final class SyncCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TransferOptions options = new TransferOptions();

  @Override
  public Integer call() throws Exception {
    return new OneShot(spec.commandLine(), options, Mode.sync, System.getenv()).call();
  }
}

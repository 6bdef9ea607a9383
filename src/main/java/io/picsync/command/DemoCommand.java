package io.picsync.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code picsync demo}. */
@Command(name = "demo", description = "x", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}

package io.picsync.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.picsync.command.HostedCommands;
import io.picsync.testing.PicsyncProcess.Ended;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The packaged program in one JVM that executes one command after the other, for tests of many
 * commands that end by themselves: a JVM for each would take most of their time. What is logged and
 * how is settled by the first command. For one thread.
 */
public final class CommandHost implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Process process;
  private final DataOutputStream ask;
  private final DataInputStream told;

  private CommandHost(Process process) {
    this.process = process;
    this.ask = new DataOutputStream(process.getOutputStream());
    this.told = new DataInputStream(process.getInputStream());
  }

  public static CommandHost start() throws IOException {
    return new CommandHost(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Djava.awt.headless=true",
                "-Dpicsync.terminal=false",
                "-cp",
                PicsyncProcess.packagedHome().resolve("lib") + "/*:" + tests(),
                HostedCommands.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  private static Path tests() {
    try {
      return Path.of(
          HostedCommands.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The tests' classes are nowhere.", e);
    }
  }

  /**
   * Executes a command to its end.
   *
   * @param home in which it lives, as {@code bin/picsync} of that folder would
   * @throws AssertionError when it does not end in time
   */
  public Ended run(Path home, String... words) throws IOException {
    ask.writeUTF(home.toString());
    ask.writeInt(words.length);
    for (String word : words) {
      ask.writeUTF(word);
    }
    ask.flush();
    CompletableFuture<Ended> ended =
        OwnThread.call(
            () -> {
              try {
                return new Ended(told.readInt(), text(), text());
              } catch (IOException e) {
                throw new AssertionError("The JVM of the commands ended: " + List.of(words), e);
              }
            });
    try {
      return ended.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | InterruptedException | ExecutionException e) {
      process.destroyForcibly();
      throw new AssertionError("picsync " + List.of(words) + " did not end: " + e, e);
    }
  }

  private String text() throws IOException {
    return new String(told.readNBytes(told.readInt()), UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}

package io.picsync.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * What a {@link ScriptedFtpServer} does instead of answering a command properly. Those here cover
 * the failures seen at real servers; a lambda over {@link ScriptedCommand} makes any other.
 */
@FunctionalInterface
public interface Fault {
  /** Runs on the connection's own thread. An exception ends that connection. */
  void strike(ScriptedCommand command) throws IOException;

  /** Replies this and does nothing: "550 Permission denied.", "425 Cannot open data connection." */
  static Fault reply(String line) {
    return command -> command.reply(line);
  }

  /** Replies this and hangs up: "421 Service not available." */
  static Fault refuse(String line) {
    return command -> {
      command.reply(line);
      command.closeControl();
    };
  }

  /** Hangs up without a word, and does nothing. */
  static Fault drop() {
    return ScriptedCommand::closeControl;
  }

  /** Never replies, and does nothing. */
  static Fault stall() {
    return ScriptedCommand::stall;
  }

  /** Waits, then does what was asked. */
  static Fault late(Duration delay) {
    return command -> {
      command.pause(delay);
      command.proceed();
    };
  }

  /** Does what was asked, data included, and keeps the final reply back for a while. */
  static Fault lateFinalReply(Duration delay) {
    return command -> {
      String reply = command.perform();
      command.pause(delay);
      command.reply(reply);
    };
  }

  /** Waits until the test opens the gate, then strikes. */
  static Fault after(CountDownLatch gate, Fault then) {
    return command -> {
      FtpConversation.await(gate, Duration.ofMinutes(5));
      then.strike(command);
    };
  }

  /** Does nothing wrong: for {@link #after}, and to count. */
  static Fault none() {
    return ScriptedCommand::proceed;
  }

  /** Does what was asked, data included, and claims otherwise. */
  static Fault doneButReplies(String line) {
    return command -> {
      command.perform();
      command.reply(line);
    };
  }

  /** Does what was asked, data included, and gives its final reply two times. */
  static Fault twice() {
    return command -> {
      String reply = command.perform();
      command.reply(reply + "\r\n" + reply);
    };
  }

  /** Gives the final reply of a download before its data, and none behind it. */
  static Fault early() {
    return command -> {
      command.openData();
      command.reply("226 Transfer complete.");
      command.send(command.content());
      command.finishData();
    };
  }

  /** Does what was asked, data included, and hangs up before the final reply. */
  static Fault doneThenDrop() {
    return command -> {
      command.perform();
      command.closeControl();
    };
  }

  /** Does what was asked, data included; the final reply never comes. */
  static Fault doneThenStall() {
    return command -> {
      command.perform();
      command.stall();
    };
  }

  /** Some bytes of the data (of an upload: kept), FIN, then this reply: "451 Disk full." */
  static Fault partial(int bytes, String line) {
    return command -> {
      transfer(command, bytes);
      command.finishData();
      command.reply(line);
    };
  }

  /** Some bytes of the data, RST, then this reply. */
  static Fault partialThenReset(int bytes, String line) {
    return command -> {
      transfer(command, bytes);
      command.resetData();
      command.reply(line);
    };
  }

  /** Some bytes of the data, then both connections are closed. */
  static Fault partialThenDrop(int bytes) {
    return command -> {
      transfer(command, bytes);
      command.closeControl();
    };
  }

  /** Some bytes of the data, then silence on both connections. */
  static Fault partialThenStall(int bytes) {
    return command -> {
      transfer(command, bytes);
      command.stall();
    };
  }

  /** Some bytes of the data, and the claim that this was all. */
  static Fault truncate(int bytes) {
    return partial(bytes, "226 Transfer complete.");
  }

  /** Tells this size. */
  static Fault size(long bytes) {
    return reply("213 " + bytes);
  }

  /** Sends these lines as the whole listing and claims it complete. */
  static Fault listing(String... lines) {
    return command -> sendListing(command, new byte[0], lines);
  }

  /** Sends these lines behind those of the folder. */
  static Fault listingPlus(String... lines) {
    return command -> sendListing(command, command.content(), lines);
  }

  private static void transfer(ScriptedCommand command, int bytes) throws IOException {
    command.openData();
    if (command.upload()) {
      command.receive(bytes);
    } else {
      byte[] content = command.content();
      command.send(Arrays.copyOf(content, Math.min(bytes, content.length)));
    }
  }

  private static void sendListing(ScriptedCommand command, byte[] before, String... lines)
      throws IOException {
    ByteArrayOutputStream listing = new ByteArrayOutputStream();
    listing.write(before);
    for (String line : lines) {
      listing.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    command.openData();
    command.send(listing.toByteArray());
    command.finishData();
    command.reply("226 Transfer complete.");
  }
}

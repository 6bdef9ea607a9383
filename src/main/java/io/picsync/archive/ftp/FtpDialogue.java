package io.picsync.archive.ftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Commands over one control connection, each reply held against its command. One thread at a time,
 * but {@link #abort()}; after a step that threw, nothing more can be said.
 */
final class FtpDialogue {
  /** Commands that take a server hardly longer together than one. */
  private static final int FEW = 2;

  private final PictureFtpClient client;
  private final FtpFacts facts;
  private volatile boolean aborted;
  private LongConsumer answered = nanos -> {};
  private boolean broken;

  /**
   * @param client connected and logged in
   */
  FtpDialogue(PictureFtpClient client, FtpFacts facts) {
    this.client = client;
    this.facts = facts;
  }

  /** What is said, and what is read then. */
  @FunctionalInterface
  interface Step<T> {
    T take(PictureFtpClient client) throws IOException;
  }

  <T> T say(Step<T> step) throws IOException {
    if (broken) {
      throw new IOException("the connection broke before");
    }
    broken = true;
    T result = step.take(client);
    broken = false;
    return result;
  }

  FtpReply command(String verb, @Nullable String argument) throws IOException {
    return say(
        to -> {
          to.expectSilence();
          long asked = System.nanoTime();
          to.sendCommand(verb, argument);
          facts.roundTrip().took(System.nanoTime() - asked);
          return inStep(verb, to.lastReply());
        });
  }

  /** A reply that can't be one to its command belongs to another, and so do all that follow. */
  static FtpReply inStep(String command, FtpReply reply) throws IOException {
    int blank = command.indexOf(' ');
    String verb = blank < 0 ? command : command.substring(0, blank);
    if (!reply.answers(verb)) {
      throw outOfStep(verb, reply);
    }
    return reply;
  }

  static IOException outOfStep(String verb, FtpReply reply) {
    return new IOException("the server's replies are out of step: " + verb + " got " + reply);
  }

  /**
   * @param listener is told how long the server took to answer, in nanoseconds
   */
  void tellLatency(LongConsumer listener) {
    answered = listener;
  }

  /**
   * Tells how busy the server is, and of few commands how far away.
   *
   * @param nanos from a flush of commands to the last reply to them
   */
  void answeredIn(long nanos, int commands) {
    answered.accept(nanos);
    if (commands <= FEW) {
      facts.roundTrip().took(nanos);
    }
  }

  private List<FtpReply> sendTogether(PictureFtpClient to, List<String> commands)
      throws IOException {
    long sent = System.nanoTime();
    List<FtpReply> replies = to.sendTogether(commands);
    answeredIn(System.nanoTime() - sent, commands.size());
    for (int i = 0; i < replies.size(); i++) {
      inStep(commands.get(i), replies.get(i));
    }
    return replies;
  }

  /**
   * Sends commands that don't depend on each other's replies, in one flush where the server keeps
   * up with that.
   */
  List<FtpReply> commands(String... commands) throws IOException {
    if (facts.together()) {
      try {
        return say(to -> sendTogether(to, List.of(commands)));
      } catch (IOException e) {
        if (!aborted) {
          facts.oneByOne(e.toString());
        }
        throw e;
      }
    }
    List<FtpReply> replies = new ArrayList<>(commands.length);
    for (String command : commands) {
      replies.addAll(say(to -> sendTogether(to, List.of(command))));
    }
    return replies;
  }

  /** The same, and asks for the port of the next data connection with them. */
  List<FtpReply> commandsAndPort(String... commands) throws IOException {
    String port = facts.together() && facts.portsStay() ? client.portCommand() : null;
    if (port == null) {
      return commands(commands);
    }
    String[] all = Arrays.copyOf(commands, commands.length + 1);
    all[commands.length] = port;
    List<FtpReply> replies = commands(all);
    client.portIs(replies.get(commands.length));
    return replies;
  }

  /** Whether the next reply belongs to the next command. */
  boolean isInStep() throws IOException {
    return !broken && client.isSilent();
  }

  /** Whether it was broken off by this side. */
  boolean aborted() {
    return aborted;
  }

  /** From another thread: breaks the socket only, for commons-net would take it from under ours. */
  void abort() {
    aborted = true;
    client.breakOff();
  }
}

package io.picsync.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * One command while it is handled: all that a {@link Fault} can do with it. Only the thread that
 * was given the command may use it.
 *
 * <p>Transfers go {@link #openData} (which replies 150), {@link #send} or {@link #receive}, {@link
 * #finishData} or {@link #resetData}, {@link #reply}.
 */
public final class ScriptedCommand {
  private final FtpConversation conversation;
  private final FtpCommands commands;
  private final String verb;
  private final String argument;

  ScriptedCommand(
      FtpConversation conversation, FtpCommands commands, String verb, String argument) {
    this.conversation = conversation;
    this.commands = commands;
    this.verb = verb;
    this.argument = argument;
  }

  public int connection() {
    return conversation.number();
  }

  public String verb() {
    return verb;
  }

  public String argument() {
    return argument;
  }

  /** Sends a reply as it is, with CRLF appended; lines of a longer one are separated by CRLF. */
  public void reply(String line) throws IOException {
    conversation.reply(line);
  }

  /** Does what the command asks, all but the final reply, and returns that reply unsent. */
  public String perform() throws IOException {
    return commands.perform(this);
  }

  /** Handles the command as if there were no fault. */
  public void proceed() throws IOException {
    reply(perform());
  }

  /** What an undisturbed RETR, LIST or MLSD would send, empty if there is nothing. */
  public byte[] content() {
    return commands.content(this);
  }

  /** Whether the client sends the data. */
  public boolean upload() {
    return verb.equals("STOR");
  }

  /** Waits for the client's data connection, and says nothing. */
  public void acceptData() throws IOException {
    commands.data().accept();
  }

  /** Waits for the client's data connection, then replies 150. */
  public void openData() throws IOException {
    acceptData();
    reply("150 Opening data connection.");
  }

  public void send(byte[] bytes) throws IOException {
    commands.data().send(bytes);
  }

  /** Receives up to {@code max} bytes of an upload and keeps them as the file's whole content. */
  public byte[] receive(int max) throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    commands.data().receive(max, received);
    commands.store(this, received.toByteArray());
    return received.toByteArray();
  }

  /** Ends the data connection in order (FIN); what is left of an upload is thrown away. */
  public void finishData() throws IOException {
    commands.data().finish(upload());
  }

  /** Breaks the data connection (RST). */
  public void resetData() throws IOException {
    commands.data().reset();
  }

  /** Closes the control connection and the data connection with it; nothing more is replied. */
  public void closeControl() throws IOException {
    conversation.close();
  }

  /** Says nothing more, whatever the client sends, until it leaves or the server closes. */
  public void stall() throws IOException {
    conversation.stall();
  }

  /** Waits; ends early, by an exception, when the server closes. */
  public void pause(Duration duration) throws IOException {
    FtpConversation.await(new CountDownLatch(1), duration);
  }
}

package io.picsync.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One control connection: reads commands line by line, one after the other however many arrive in
 * one packet, and has each handled by the first fault that claims it or as usual.
 */
final class FtpConversation implements Runnable, Closeable {
  private static final int TELNET_IAC = 0xFF;

  private final int number;
  private final Socket control;
  private final ScriptedFtpServer server;
  private final FtpCommands commands;
  private volatile boolean ended;

  FtpConversation(int number, Socket control, ScriptedFtpServer server, FtpCommands commands) {
    this.number = number;
    this.control = control;
    this.server = server;
    this.commands = commands;
  }

  int number() {
    return number;
  }

  @Override
  public void run() {
    try (this) {
      InputStream in = input();
      handle(ScriptedFtpServer.CONNECT, "");
      while (!ended) {
        String line = readLine(in);
        if (line == null) {
          return;
        }
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        handle(verb.toUpperCase(Locale.ROOT), space < 0 ? "" : line.substring(space + 1));
        ended |= verb.equalsIgnoreCase("QUIT");
      }
    } catch (IOException e) {
      // The client left, or the server closes: either way this conversation is over.
    }
  }

  void reply(String line) throws IOException {
    if (!ended) {
      control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  void stall() throws IOException {
    control.getInputStream().transferTo(OutputStream.nullOutputStream());
    ended = true;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    commands.data().close();
    control.close();
  }

  /** Waits for the gate or the time, whichever comes first. */
  static void await(CountDownLatch gate, Duration longest) throws IOException {
    try {
      gate.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The scripted server closes");
    }
  }

  private void handle(String verb, String argument) throws IOException {
    ScriptedCommand command = new ScriptedCommand(this, commands, verb, argument);
    server.faultFor(command).strike(command);
  }

  private InputStream input() throws IOException {
    return new BufferedInputStream(control.getInputStream());
  }

  /** A line without its CRLF; null at the end. Telnet signals (sent before ABOR) are skipped. */
  private static @Nullable String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      } else if (next == TELNET_IAC) {
        in.read();
      } else {
        line.write(next);
      }
    }
    return null;
  }
}
